import type { OrderMend, OrderView, TroubleView } from "../../backend/backend";
import { Mends } from "../../components/Mends";
import { OriginalText } from "./OriginalText";

interface Props {
  readonly order: OrderView;
  readonly trouble: TroubleView;
  readonly onMend: (order: OrderView, mend: OrderMend) => void;
}

/** Why it was refused, in plain words, what helps, and the broker's own words one click away. */
export function Trouble({ order, trouble, onMend }: Props) {
  return (
    <div className="order-trouble" data-testid="order-trouble">
      <span>
        {trouble.says} {trouble.advice ?? ""}
      </span>
      <Mends order={order} mends={trouble.mends} onMend={onMend} />
      <OriginalText code={trouble.code} text={trouble.original} />
    </div>
  );
}
