import type { FamilyRole, Liquidity, OrderView } from "../../backend/backend";
import { quantity } from "../../lib/format";

export function verb({ side }: Pick<OrderView, "side">): string {
  return side === "buy" ? "Buy" : "Sell";
}

/** "Buy 10 AAPL at 180.00 or better, today". */
export function orderWords({ side, quantity: many, instrument, how }: OrderView): string {
  return `${verb({ side })} ${quantity(many)} ${instrument.label} ${how}`;
}

/** What an order is in its family. */
export const ROLE_WORDS: Readonly<Record<FamilyRole, string>> = {
  entry: "Entry",
  takeProfit: "Take profit",
  stop: "Stop",
  attached: "Attached order",
  oneOf: "One of the group",
};

export const LIQUIDITY_WORDS: Readonly<Record<Liquidity, string>> = {
  added: "added",
  removed: "removed",
  routedOut: "routed out",
};
