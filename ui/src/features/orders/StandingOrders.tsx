import { useAll, useLive } from "../../live/context";
import { countScope, orders } from "./scope";

/** What may still fill while trading is stopped; nothing when no order is left that is not being cancelled. */
export function StandingOrders() {
  const count = useAll(
    useLive().orders,
    (all) => countScope(all, { type: "everything", othersToo: true }).reduce((sum, { ours, others }) => sum + ours + others, 0),
    Object.is,
  );
  if (count === 0) return null;
  return <strong data-testid="stop-standing">{`${orders(count)} still ${count === 1 ? "stands" : "stand"} at the broker, as far as is known, and may fill. `}</strong>;
}
