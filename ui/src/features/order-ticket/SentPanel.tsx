import type { OrderMend } from "../../backend/backend";
import { Mends } from "../../components/Mends";
import { useKeyed, useLive } from "../../live/context";
import { quantity } from "../../lib/format";
import { moreThanState, orderStateWords } from "../../lib/words";
import type { Stage } from "./ticket";

interface Props {
  readonly sent: Extract<Stage, { at: "sent" }>;
  /** Whether a draft was put aside for this order. */
  readonly hasDraft: boolean;
  readonly onChange: (orderKey: string) => void;
  readonly onMend: (orderKey: string, mend: OrderMend) => void;
  readonly onNew: () => void;
  readonly onShowOrders: () => void;
}

/** What became of the order that was just sent, as it goes on. */
export function SentPanel({ sent, hasDraft, onChange, onMend, onNew, onShowOrders }: Props) {
  const order = useKeyed(useLive().orders, sent.order.key) ?? sent.order;
  return (
    <div className="sent" data-testid="ticket-sent" data-order={order.key} role="status">
      <p className="preview-sentence">{sent.sentence}</p>
      <p>
        <strong data-testid="ticket-sent-state">{orderStateWords(order.state)}</strong>{" "}
        {order.trouble ? `${order.trouble.says} ${order.trouble.advice ?? ""}` : moreThanState(order)}
      </p>
      {order.trouble && (
        <div className="sent-mends">
          <Mends order={order} mends={order.trouble.mends} onMend={({ key }, mend) => onMend(key, mend)} />
        </div>
      )}
      <p className="hint block">
        Filled {quantity(order.filled)} of {quantity(order.quantity)}
      </p>
      <div className="ticket-actions pair">
        {order.canChange && (
          <button type="button" className="wide" onClick={() => onChange(order.key)} data-testid="ticket-sent-change">
            Change this order
          </button>
        )}
        <button type="button" onClick={onShowOrders} data-testid="ticket-show-orders">
          Show orders
        </button>
        <button type="button" className="primary" onClick={onNew} data-testid="ticket-new">
          {hasDraft ? "Back to the draft" : "New ticket"}
        </button>
      </div>
    </div>
  );
}
