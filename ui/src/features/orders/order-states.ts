import type { OrderStateView } from "../../backend/backend";

const DONE: ReadonlySet<OrderStateView> = new Set(["filled", "cancelled", "rejected", "inactive"]);

/** Whether nothing more can come of it. An unknown outcome is never done. */
export function isDone(state: OrderStateView): boolean {
  return DONE.has(state);
}

const OVER: ReadonlySet<OrderStateView> = new Set(["filled", "cancelled", "rejected", "notAtBroker"]);

/** Whether the broker has nothing left of it that could be cancelled. */
export function isOver(state: OrderStateView): boolean {
  return OVER.has(state);
}

/** What a person must know of a state that nobody can vouch for. */
export const LOUD: Partial<Record<OrderStateView, string>> = {
  unknown:
    "Nobody knows yet whether this order reached the market. Gatehouse will not send it again, and neither should you: look in the broker's own program first. It is looked up as soon as the link is back.",
  notAtBroker:
    "After the link came back the broker lists this order nowhere: not working, not filled, not cancelled. Check in the broker's own program before you place another.",
};
