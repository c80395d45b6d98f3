import { type KeyboardEvent, useRef } from "react";
import type { FamilyRole } from "../../backend/backend";
import { useKeyed, useLive } from "../../live/context";
import { dateAndTime, timeOfDay } from "../../lib/dates";
import { quantity } from "../../lib/format";
import { accountWords, moreThanState, orderStateWords } from "../../lib/words";
import type { OrderActions } from "./actions";
import { CancelButton } from "./CancelButton";
import { OrderDetail } from "./OrderDetail";
import { OrderFigures } from "./OrderFigures";
import { LOUD } from "./order-states";
import { type Cell, type RowChange, useIsOpen } from "./row-change";
import { RowEditor } from "./RowEditor";
import { Trouble } from "./Trouble";
import { orderWords, ROLE_WORDS, verb } from "./words";

interface Props extends OrderActions {
  readonly orderKey: string;
  /** What it is in its family; null for an order on its own. */
  readonly role: FamilyRole | null;
  readonly change: RowChange;
  readonly open: boolean;
  readonly onToggle: () => void;
}

export function OrderLine({ orderKey, role, change, open, onToggle, ...actions }: Props) {
  const row = useRef<HTMLElement>(null);
  const edits = useIsOpen(change, orderKey);
  const order = useKeyed(useLive().orders, orderKey);
  const account = useKeyed(useLive().accounts, order?.account ?? "");
  if (!order) return null;
  const loud = LOUD[order.state];
  const says = order.trouble === null ? moreThanState(order) : "";
  const edit = (cell: Cell) => {
    if (order.canChange) void change.open(order, cell);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.key.toLowerCase() !== "e" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (!order.canChange || (event.target as Element).matches("input")) return;
    event.preventDefault();
    edit("limitPrice");
  };
  const part = role === null ? "" : ROLE_WORDS[role];
  return (
    <article
      ref={row}
      tabIndex={-1}
      aria-keyshortcuts={order.canChange ? "E" : undefined}
      onKeyDown={onKeyDown}
      className={`order${loud ? " loud" : ""}${role === null ? "" : " member"}`}
      aria-label={orderWords(order)}
      data-testid={`order-row-${order.key}`}
      data-state={order.state}
      data-intent={order.intent ?? undefined}
    >
      <div className="order-main">
        <span className="order-time" data-tip={dateAndTime(order.since)}>{timeOfDay(order.since)}</span>
        <span className="order-what">
          <strong data-tip={order.canChange ? "Double click on a figure, or press E, to change it here" : undefined}>
            {verb(order)} <span data-testid="order-quantity" onDoubleClick={() => edit("quantity")}>{quantity(order.quantity)}</span> {order.instrument.label}{" "}
            <span data-testid="order-how" onDoubleClick={() => edit(order.limitPrice === null ? "stopPrice" : "limitPrice")}>{order.how}</span>
          </strong>
          <span className="hint">
            {part && <span data-testid="order-role">{part}, </span>}
            {accountWords(account)} {order.account}
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
      {edits && <RowEditor order={order} change={change} onPreview={(typed) => actions.onPreviewChange(order, typed)} onLeave={() => row.current?.focus()} />}
      {order.trouble && <Trouble order={order} trouble={order.trouble} onMend={actions.onMend} />}
      {loud && <p className="order-loud" role="alert" data-testid="order-loud">{loud}</p>}
      {open && <OrderDetail order={order} onShowIntent={actions.onShowIntent} onCancelMany={actions.onCancelMany} />}
    </article>
  );
}
