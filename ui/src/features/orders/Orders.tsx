import { useMemo, useState } from "react";
import { Face } from "../../components/Face";
import { useKeys, useLive } from "../../live/context";
import { useValue } from "../../lib/value-store";
import { OrderLine } from "./OrderLine";
import { isDone } from "./order-states";
import { useOrderGroups } from "./order-groups";

interface Props {
  readonly account: string | null;
  readonly onShowIntent: (intent: string) => void;
}

/** The blotter: what works, then what is done. */
export function Orders({ account, onShowIntent }: Props) {
  const live = useLive();
  const keys = useKeys(live.orders);
  const link = useValue(live.link);
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const mine = useMemo(() => keys.filter((key) => account === null || live.orders.get(key)?.account === account), [keys, account, live]);
  const { working, done } = useOrderGroups(mine, isDone);
  const toggle = (key: string) => {
    const next = new Set(open);
    if (!next.delete(key)) next.add(key);
    setOpen(next);
  };
  const lines = (group: readonly string[]) =>
    group.map((key) => <OrderLine key={key} orderKey={key} open={open.has(key)} onToggle={() => toggle(key)} onShowIntent={onShowIntent} />);
  const waiting = link === null || link.state === "connecting" || link.state === "loading";
  return (
    <div className="screen orders" data-testid="screen-orders">
      <h1 className="vh">Orders</h1>
      {waiting && (
        <Face kind={mine.length > 0 ? "partial" : "loading"} title="Waiting for the broker's list of orders.">
          Orders made elsewhere today appear when it has come.
        </Face>
      )}
      {!waiting && mine.length === 0 && (
        <Face kind="empty" title="No orders today, and none working.">
          Fill in the ticket on the right and preview it; nothing is sent before you confirm.
        </Face>
      )}
      <OrderGroup title="Working" count={working.length}>{lines(working)}</OrderGroup>
      <OrderGroup title="Done" count={done.length}>{lines(done)}</OrderGroup>
    </div>
  );
}

function OrderGroup({ title, count, children }: { readonly title: string; readonly count: number; readonly children: React.ReactNode }) {
  if (count === 0) return null;
  return (
    <section className="order-group" aria-label={`${title} orders`}>
      <header className="panel-head">
        <h2>{title}</h2>
        <span className="hint">{count}</span>
      </header>
      <ul className="order-list">{children}</ul>
    </section>
  );
}
