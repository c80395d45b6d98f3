import type { CancelScope, OrderView } from "../../backend/backend";
import { isOver } from "./order-states";

/** Whether an order is among those that a cancel would be about; the program decides in the end. */
export function isInScope(order: OrderView, scope: CancelScope): boolean {
  if (isOver(order.state)) return false;
  switch (scope.type) {
    case "family":
      return order.family?.key === scope.key || order.key === scope.key;
    case "instrument":
      return order.account === scope.account && order.instrument.conId === scope.conId;
    case "account":
      return order.account === scope.account;
    case "everything":
      return true;
  }
}

/** What a cancel would be about, account by account. */
export interface ScopeCount {
  readonly account: string;
  /** Can be cancelled from here. */
  readonly ours: number;
  /** Made in TWS or by other programs. */
  readonly others: number;
  /** Being cancelled already. */
  readonly underWay: number;
}

export function countScope(orders: readonly OrderView[], scope: CancelScope): readonly ScopeCount[] {
  const counts = new Map<string, ScopeCount>();
  for (const order of orders) {
    if (!isInScope(order, scope)) continue;
    const { account } = order;
    const { ours, others, underWay } = counts.get(account) ?? { ours: 0, others: 0, underWay: 0 };
    const going = order.state === "cancelling";
    const mine = order.canCancel || order.madeElsewhere === null;
    counts.set(account, {
      account,
      ours: ours + Number(mine && !going),
      others: others + Number(!mine && !going),
      underWay: underWay + Number(going),
    });
  }
  return [...counts.values()].toSorted((a, b) => (a.account < b.account ? -1 : 1));
}

/** "1 order", "3 orders". */
export function orders(count: number): string {
  return count === 1 ? "1 order" : `${count} orders`;
}
