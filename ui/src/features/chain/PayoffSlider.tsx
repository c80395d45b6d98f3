import { useId } from "react";

interface Props {
  readonly label: string;
  readonly says: string;
  /** The same with more to it, for whoever hears it. */
  readonly saysAll?: string;
  readonly least: number;
  readonly most: number;
  readonly value: number;
  readonly onChange: (value: number) => void;
  readonly testId: string;
}

/** Something that is supposed, on a scale. */
export function PayoffSlider({ label, says, saysAll = says, least, most, value, onChange, testId }: Props) {
  const id = useId();
  return (
    <div className="payoff-slider">
      <label className="label" htmlFor={id}>{label}</label> <span data-testid={`${testId}-says`}>{says}</span>
      <input id={id} type="range" min={least} max={most} value={value} aria-valuetext={saysAll} onChange={(event) => onChange(Number(event.target.value))} data-testid={testId} />
    </div>
  );
}
