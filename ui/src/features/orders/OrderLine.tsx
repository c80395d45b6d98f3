import type { FamilyRole } from "../../backend/backend";
import { useKeyed, useLive } from "../../live/context";
import { dateAndTime, timeOfDay } from "../../lib/dates";
import { moreThanState, orderStateWords } from "../../lib/words";
import type { OrderActions } from "./actions";
import { CancelButton } from "./CancelButton";
import { OrderDetail } from "./OrderDetail";
import { OrderFigures } from "./OrderFigures";
import { LOUD } from "./order-states";
import { Trouble } from "./Trouble";
import { orderWords, ROLE_WORDS } from "./words";

interface Props extends OrderActions {
  readonly orderKey: string;
  /** What it is in its family; null for an order on its own. */
  readonly role: FamilyRole | null;
  readonly open: boolean;
  readonly onToggle: () => void;
}

export function OrderLine({ orderKey, role, open, onToggle, ...actions }: Props) {
  const order = useKeyed(useLive().orders, orderKey);
  const account = useKeyed(useLive().accounts, order?.account ?? "");
  if (!order) return null;
  const loud = LOUD[order.state];
  const says = order.trouble === null ? moreThanState(order) : "";
  const part = role === null ? "" : ROLE_WORDS[role];
  return (
    <article
      className={`order${loud ? " loud" : ""}${role === null ? "" : " member"}`}
      aria-label={orderWords(order)}
      data-testid={`order-row-${order.key}`}
      data-state={order.state}
      data-intent={order.intent ?? undefined}
    >
      <div className="order-main">
        <span className="order-time" data-tip={dateAndTime(order.since)}>{timeOfDay(order.since)}</span>
        <span className="order-what">
          <strong>{orderWords(order)}</strong>
          <span className="hint">
            {part && <span data-testid="order-role">{part}, </span>}
            {account?.kindWords ?? ""} {order.account}
            <span className="order-says" data-testid="order-says">
              {order.madeElsewhere !== null && <span className="origin" data-testid="order-origin">{order.madeElsewhere}</span>} {says}
            </span>
          </span>
        </span>
        <span className={`order-state state-${order.state}`} data-testid="order-state">{orderStateWords(order.state)}</span>
        <OrderFigures order={order} />
        <span className="order-actions">
          {order.canChange && (
            <button type="button" className="small" aria-label={`Change order: ${orderWords(order)}`} onClick={() => actions.onChange(order)} data-testid="order-change">
              Change
            </button>
          )}
          {order.canCancel && <CancelButton order={order} />}
          <button type="button" className="small quiet" aria-expanded={open} aria-label={`${open ? "Less" : "More"} about ${orderWords(order)}`} onClick={onToggle} data-testid="order-toggle">
            {open ? "Less" : "More"}
          </button>
        </span>
      </div>
      {order.trouble && <Trouble order={order} trouble={order.trouble} onMend={actions.onMend} />}
      {loud && <p className="order-loud" role="alert" data-testid="order-loud">{loud}</p>}
      {open && <OrderDetail order={order} onShowIntent={actions.onShowIntent} onCancelMany={actions.onCancelMany} />}
    </article>
  );
}
