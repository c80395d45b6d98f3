import type { OrderView } from "../../backend/backend";
import { price, quantity } from "../../lib/format";

/** "Buy 10 AAPL at 180.00, day". */
export function orderWords(order: OrderView): string {
  const verb = order.side === "buy" ? "Buy" : "Sell";
  const at = order.limitPrice === null ? order.orderType : `at ${price(order.limitPrice, order.instrument.priceDecimals)}`;
  const tif = order.tif === null ? "" : order.tif === "day" ? ", day" : ", GTC";
  return `${verb} ${quantity(order.quantity)} ${order.instrument.label} ${at === "MKT" ? "at market" : at}${tif}`;
}
