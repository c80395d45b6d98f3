import type { TrailUnit } from "../../backend/backend";

interface Props {
  readonly unit: TrailUnit;
  readonly onTurn: (unit: TrailUnit) => void;
  /** What it is the unit of. */
  readonly what: string;
  readonly currency: string | null;
  readonly testId: string;
}

/** An amount or a percentage: a small button beside the field's name. */
export function UnitToggle({ unit, onTurn, what, currency, testId }: Props) {
  const words = unit === "percent" ? "%" : (currency ?? "amount");
  return (
    <button
      type="button"
      className="small unit"
      aria-label={`${what} in ${unit === "percent" ? "percent" : (currency ?? "an amount")}; press for the other`}
      onClick={() => onTurn(unit === "percent" ? "amount" : "percent")}
      data-testid={testId}
      data-value={unit}
    >
      {words}
    </button>
  );
}
