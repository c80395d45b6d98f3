import { useEffect, useState } from "react";
import { Face } from "../../components/Face";
import { useValue } from "../../lib/value-store";
import { useKeys, useLive } from "../../live/context";
import { ImportDialog } from "./ImportDialog";
import { OptionsForm } from "./OptionsForm";
import { PlanTable } from "./PlanTable";
import type { Rebalancing } from "./rebalancing";
import { SendDialog } from "./SendDialog";
import { TargetsTable } from "./TargetsTable";
import { TotalsTable } from "./TotalsTable";
import { WorkLine } from "./WorkLine";

/** From wanted weights to orders: targets on top, the plan beneath. Nothing goes out before it is ticked, previewed and confirmed. */
export function Rebalance({ rebalancing }: { readonly rebalancing: Rebalancing }) {
  const { form, faults, choices, plan, orders, work, trouble } = useValue(rebalancing.state);
  const accounts = useKeys(useLive().accounts);
  const [importing, setImporting] = useState(false);
  const [sending, setSending] = useState(false);
  const isRead = form !== null;
  useEffect(() => {
    if (!isRead) void rebalancing.load();
  }, [rebalancing, isRead]);
  useEffect(() => () => rebalancing.leave(), [rebalancing]);
  const ticked = [...orders.values()].filter((order) => order.ticked);
  const ready = ticked.filter(({ standing }) => standing.at === "ready");
  const toAsk = ticked.filter(({ standing }) => standing.at !== "sent" && standing.at !== "sending");
  return (
    <div className="screen rebalance" data-testid="screen-rebalance" data-work={work?.doing}>
      <h1 className="vh">Rebalance</h1>
      {!form || accounts.length === 0 ? (
        <Face kind="loading" title={form ? "Waiting for the accounts." : "Reading the targets that were kept."} />
      ) : (
        <form
          className="targets"
          aria-label="Targets"
          onSubmit={(event) => {
            event.preventDefault();
            void rebalancing.plan();
          }}
        >
          <TargetsTable form={form} faults={faults} choices={choices} accounts={accounts} rebalancing={rebalancing} />
          <details className="rebalance-more" open={plan === null} key={plan === null ? "open" : "closed"}>
            <summary data-testid="rebalance-options">Options, locks and tags</summary>
            <OptionsForm form={form} faults={faults} accounts={accounts} onEdit={(patch) => rebalancing.edit(patch)} />
          </details>
          <div className="row targets-actions">
            <button type="submit" className={plan ? "" : "primary"} disabled={work !== null} data-testid="rebalance-plan">
              {plan ? "Plan again" : "Plan"}
            </button>
            <button type="button" disabled={work !== null} onClick={() => setImporting(true)} data-testid="rebalance-import">
              Paste or import…
            </button>
            <WorkLine work={work} onStop={() => rebalancing.stop()} />
          </div>
        </form>
      )}
      {trouble && (
        <Face kind="broken" title="Not all of it went well." testId="rebalance-trouble">
          {trouble}
        </Face>
      )}
      {form && !plan && !work && <Face kind="empty" title="There is no plan yet." testId="rebalance-empty">Give symbols or tags a weight in percent and press Plan. Planning sends nothing and asks the gateway for nothing but prices.</Face>}
      {plan && (
        <>
          <PlanTable plan={plan} orders={orders} busy={work !== null} rebalancing={rebalancing} />
          {ticked.length > 0 && <TotalsTable orders={orders} />}
          {orders.size > 0 && (
            <div className="row plan-actions">
              <button type="button" className={ready.length > 0 ? "" : "primary"} disabled={work !== null || toAsk.length === 0} onClick={() => void rebalancing.preview()} data-testid="rebalance-preview">
                {`Preview ${toAsk.length} ${toAsk.length === 1 ? "order" : "orders"}`}
              </button>
              <button type="button" className={ready.length > 0 ? "primary" : ""} disabled={work !== null || ready.length === 0} onClick={() => setSending(true)} data-testid="rebalance-send">
                {`Send ${ready.length}…`}
              </button>
              <span className="hint">Each order has a preview and a confirmation of its own, sales first.</span>
            </div>
          )}
        </>
      )}
      {importing && form && <ImportDialog onTake={(rows) => rebalancing.edit({ rows: [...rows] })} onLeave={() => setImporting(false)} />}
      {sending && <SendDialog orders={ready} plan={orders} work={work} onSend={(confirmed, typed, reasons) => void rebalancing.send(confirmed, typed, reasons).then(() => setSending(false))} onStop={() => rebalancing.stop()} onLeave={() => setSending(false)} />}
    </div>
  );
}
