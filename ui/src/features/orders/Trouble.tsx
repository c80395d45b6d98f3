import type { OrderMend, OrderView, TroubleView } from "../../backend/backend";
import { OriginalText } from "./OriginalText";

interface Props {
  readonly order: OrderView;
  readonly trouble: TroubleView;
  readonly onMend: (order: OrderView, mend: OrderMend) => void;
}

function mendWords({ type }: OrderMend): string {
  return type === "account" ? "Make it in another account…" : "Make it anew…";
}

/** Why it was refused, in plain words, what helps, and the broker's own words one click away. */
export function Trouble({ order, trouble, onMend }: Props) {
  const { mend } = trouble;
  return (
    <div className="order-trouble" data-testid="order-trouble">
      <span>
        {trouble.says} {trouble.advice ?? ""}
      </span>
      {mend && (
        <button type="button" className="small" onClick={() => onMend(order, mend)} data-testid="order-mend">
          {mendWords(mend)}
        </button>
      )}
      <OriginalText code={trouble.code} text={trouble.original} />
    </div>
  );
}
