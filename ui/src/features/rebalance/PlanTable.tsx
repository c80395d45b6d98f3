import type { RebalanceScopeView, RebalanceView } from "../../backend/backend";
import { Face } from "../../components/Face";
import { PlanRow } from "./PlanRow";
import { canTick, type PlanOrder, type Rebalancing } from "./rebalancing";

interface Props {
  readonly plan: RebalanceView;
  readonly orders: ReadonlyMap<string, PlanOrder>;
  readonly busy: boolean;
  readonly rebalancing: Rebalancing;
}

const HEADS = ["Account", "Order", "Value", "Weight %", "Commission", "Verdict"] as const;

/** The orders of a plan to be ticked, scope by scope, and what is left alone with its reason. */
export function PlanTable({ plan, orders, busy, rebalancing }: Props) {
  return (
    <div data-testid="rebalance-table">
      <ul className="plan-notes" data-testid="plan-notes">
        {plan.notes.map((note) => <li key={note}>{note}</li>)}
      </ul>
      {plan.scopes.length === 0 && <Face kind="empty" title="No account is left to plan for.">Unlock one, or name one in a row.</Face>}
      {plan.scopes.map((scope) => (
        <Scope key={scope.accounts.join(" ")} scope={scope} orders={orders} busy={busy} rebalancing={rebalancing} />
      ))}
    </div>
  );
}

function Scope({ scope, orders, busy, rebalancing }: Omit<Props, "plan"> & { readonly scope: RebalanceScopeView }) {
  const [named, staying] = [scope.rows.filter(({ target }) => target !== null), scope.rows.filter(({ target }) => target === null)];
  const own = scope.rows.map(({ key }) => orders.get(key)).filter((order) => order !== undefined);
  const open = own.filter(canTick);
  const all = open.length > 0 && open.every(({ ticked }) => ticked);
  return (
    <section className="plan-scope" aria-label={scope.title}>
      <h2>{scope.title}</h2>
      {scope.problem && <Face kind="broken" title="Nothing can be planned here." testId="plan-problem">{scope.problem}</Face>}
      {scope.potSays && <p className="hint" data-testid="plan-pot">{scope.potSays}</p>}
      {scope.notes.length > 0 && (
        <ul className="plan-notes">
          {scope.notes.map((note) => <li key={note}>{note}</li>)}
        </ul>
      )}
      {named.length > 0 && (
        <div className="plan-scroll" role="region" aria-label={`Plan, ${scope.title}`} tabIndex={0}>
          <table className="plan">
            <thead>
              <tr>
                <th scope="col">
                  <input type="checkbox" aria-label={`All orders of ${scope.title}`} checked={all} disabled={busy || open.length === 0} onChange={(event) => rebalancing.tick(open.map(({ row }) => row.key), event.target.checked)} data-testid="plan-tick-all" />
                </th>
                {HEADS.map((head) => <th key={head} scope="col">{head}</th>)}
              </tr>
            </thead>
            <tbody>
              {named.map((row) => (
                <PlanRow key={row.key} row={row} order={orders.get(row.key)} busy={busy} onTick={(ticked) => rebalancing.tick([row.key], ticked)} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {staying.length > 0 && <p className="hint block" data-testid="plan-staying">{`Left as they are: ${staying.map(({ symbol }) => symbol).join(", ")}.`}</p>}
    </section>
  );
}
