import { useMemo, useState } from "react";
import type { CancelScope } from "../../backend/backend";
import { useBackend } from "../../backend/context";
import { Face } from "../../components/Face";
import { useAll, useLive } from "../../live/context";
import { useValue } from "../../lib/value-store";
import { BlockedList } from "./BlockedList";
import { blotterReckoner, sameBlotter, type Tab } from "./blotter";
import { OrderList } from "./OrderList";
import { OrderTabs } from "./OrderTabs";
import type { OrderActions } from "./actions";
import { RowChange } from "./row-change";

interface Props extends OrderActions {
  readonly account: string | null;
}

/** The blotter: what works, what is done, what was blocked. */
export function Orders({ account, ...actions }: Props) {
  const live = useLive();
  const backend = useBackend();
  const change = useMemo(() => new RowChange(backend), [backend]);
  const link = useValue(live.link);
  const [tab, setTab] = useState<Tab>("all");
  const blocked = useValue(live.blocked).filter((attempt) => account === null || attempt.account === account);
  const blotterOf = useMemo(blotterReckoner, []);
  const { lines, counts } = useAll(live.orders, (orders) => blotterOf(orders, account, tab), sameBlotter);
  const waiting = link === null || link.state === "connecting" || link.state === "loading";
  const scope: CancelScope = account === null ? { type: "everything", othersToo: false } : { type: "account", account };
  return (
    <div className="screen orders" data-testid="screen-orders">
      <h1 className="vh">Orders</h1>
      <header className="panel-head">
        <OrderTabs tab={tab} onTab={setTab} counts={{ ...counts, blocked: blocked.length }} />
        <button type="button" className="small" disabled={counts.working + counts.unknown === 0} onClick={() => actions.onCancelMany(scope)} data-testid="orders-cancel-all">
          {account === null ? "Cancel all…" : "Cancel all in this account…"}
        </button>
      </header>
      {waiting && (
        <Face kind={counts.all > 0 ? "partial" : "loading"} title="Waiting for the broker's list of orders.">
          Orders made elsewhere today appear when it has come.
        </Face>
      )}
      {!waiting && tab !== "blocked" && lines.length === 0 && (
        <Face kind="empty" title={counts.all === 0 ? "No orders today, and none working." : `No ${tab} orders.`}>
          {counts.all === 0 && "Fill in the ticket on the right and preview it; nothing is sent before you confirm."}
        </Face>
      )}
      {tab === "blocked" ? <BlockedList attempts={blocked} onShowIntent={actions.onShowIntent} /> : <OrderList lines={lines} change={change} {...actions} />}
    </div>
  );
}
