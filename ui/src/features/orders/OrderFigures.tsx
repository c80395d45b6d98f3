import type { OrderView } from "../../backend/backend";
import { Unknown } from "../../components/Unknown";
import { signOf } from "../../lib/decimal";
import { commission, price, quantity } from "../../lib/format";

/** How far it is filled, at what price, for what commission. */
export function OrderFigures({ order }: { readonly order: OrderView }) {
  const filled = `${quantity(order.filled)} of ${quantity(order.quantity)}`;
  return (
    <>
      <span className="order-filled">
        <progress max={Number(order.quantity)} value={Number(order.filled)} aria-label={`Filled ${filled}`} />
        <span className="number" data-testid="order-filled">{filled}</span>
      </span>
      <span className="order-numbers">
        <span className="hint">avg</span>
        {order.averagePrice === null ? (
          <Unknown why={signOf(order.filled) === 0 ? "Nothing has been filled yet" : "The broker has not told the price"} testId="order-average" />
        ) : (
          <span className="number" data-testid="order-average" data-value={order.averagePrice}>
            {price(order.averagePrice, order.instrument.priceDecimals)}
          </span>
        )}
        <span className="hint">comm.</span>
        <Commission order={order} />
      </span>
    </>
  );
}

function Commission({ order }: { readonly order: OrderView }) {
  const pending = "The broker has not reported all of the commission yet";
  if (order.commission === null) {
    return <Unknown why={order.commissionPending || signOf(order.filled) !== 0 ? pending : "No commission: nothing has been filled"} testId="order-commission" />;
  }
  return (
    <span className="number" data-testid="order-commission" data-value={order.commission}>
      {commission(order.commission)} {order.commissionCurrency ?? ""}
      {order.commissionPending && <span className="source-mark" role="img" aria-label={pending} data-tip={pending}>…</span>}
    </span>
  );
}
