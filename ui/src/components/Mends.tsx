import type { OrderMend, OrderView } from "../backend/backend";
import { exactly, quantity } from "../lib/format";
import { ReadOnlySteps } from "./ReadOnlySteps";

interface Props {
  readonly order: OrderView;
  readonly mends: readonly OrderMend[];
  readonly onMend: (order: OrderView, mend: OrderMend) => void;
}

function mendWords(mend: Exclude<OrderMend, { type: "readOnly" }>, decimals: number): string {
  switch (mend.type) {
    case "price":
      return `Round to ${[mend.stop, mend.limit].filter((price) => price !== null).map((price) => exactly(price, decimals)).join(" and ")}`;
    case "quantity":
      return `Sell ${quantity(mend.quantity)}, what is held`;
    case "account":
      return "Make it in another account…";
    case "again":
      return "Make it anew…";
  }
}

/** A button for each way to mend a refused order. Each opens the ticket; nothing is sent. */
export function Mends({ order, mends, onMend }: Props) {
  return mends.map((mend) =>
    mend.type === "readOnly" ? (
      <ReadOnlySteps key={mend.type} testId="order-mend-readOnly" />
    ) : (
      <button key={mend.type} type="button" className="small" onClick={() => onMend(order, mend)} data-testid={`order-mend-${mend.type}`}>
        {mendWords(mend, order.instrument.priceDecimals)}
      </button>
    ),
  );
}
