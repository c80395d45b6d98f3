import { useKeyed, useLive } from "../../live/context";
import { dateAndTime, timeOfDay } from "../../lib/dates";
import { moreThanState, orderStateWords } from "../../lib/words";
import { CancelButton } from "./CancelButton";
import { OrderDetail } from "./OrderDetail";
import { OrderFigures } from "./OrderFigures";
import { LOUD } from "./order-states";
import { orderWords } from "./words";

interface Props {
  readonly orderKey: string;
  readonly open: boolean;
  readonly onToggle: () => void;
  readonly onShowIntent: (intent: string) => void;
}

export function OrderLine({ orderKey, open, onToggle, onShowIntent }: Props) {
  const order = useKeyed(useLive().orders, orderKey);
  const account = useKeyed(useLive().accounts, order?.account ?? "");
  if (!order) return null;
  const loud = LOUD[order.state];
  return (
    <li className={`order${loud ? " loud" : ""}`} data-testid={`order-row-${order.key}`} data-state={order.state} data-intent={order.intent ?? undefined}>
      <div className="order-main">
        <span className="order-time" data-tip={dateAndTime(order.since)}>{timeOfDay(order.since)}</span>
        <span className="order-what">
          <strong>{orderWords(order)}</strong>
          <span className="hint">
            {account?.kindWords ?? ""} {order.account}
          </span>
        </span>
        <span className={`order-state state-${order.state}`} data-testid="order-state">{orderStateWords(order.state)}</span>
        <OrderFigures order={order} />
        <span className="order-actions">
          {order.canCancel && <CancelButton order={order} />}
          <button type="button" className="small quiet" aria-expanded={open} aria-label={`${open ? "Less" : "More"} about ${orderWords(order)}`} onClick={onToggle} data-testid="order-toggle">
            {open ? "Less" : "More"}
          </button>
        </span>
      </div>
      <p className="order-says" data-testid="order-says">
        {order.madeElsewhere !== null && <span className="origin" data-testid="order-origin">{order.madeElsewhere}</span>} {moreThanState(order)}
      </p>
      {loud && <p className="order-loud" role="alert" data-testid="order-loud">{loud}</p>}
      {open && <OrderDetail order={order} onShowIntent={onShowIntent} />}
    </li>
  );
}
