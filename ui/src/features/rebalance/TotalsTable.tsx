import { Unknown } from "../../components/Unknown";
import { money } from "../../lib/format";
import type { PlanOrder } from "./rebalancing";
import { type AccountTotal, going, salesLeftOut, totalsOf } from "./totals";
import { WithoutSales } from "./WithoutSales";

const STEPS = ["before", "afterSales", "after"] as const;

/** What is ticked, account by account. */
export function TotalsTable({ orders }: { readonly orders: ReadonlyMap<string, PlanOrder> }) {
  const totals = totalsOf(orders.values());
  const without = salesLeftOut(orders.values(), going(orders.values()));
  return (
    <div className="plan-totals" role="region" aria-label="What is ticked" tabIndex={0}>
      <table className="before-after" data-testid="plan-totals">
        <thead>
          <tr>
            {["Ticked, by account", "Orders", "Turnover", "Commission", "Initial margin", "≈ After sales", "≈ After all"].map((head) => <th key={head} scope="col">{head}</th>)}
          </tr>
        </thead>
        <tbody>
          {totals.map((total) => (
            <tr key={total.account} data-testid={`total-${total.account}`}>
              <th scope="row">{total.account} <span className="hint">{total.currency}</span></th>
              <td>{total.orders}</td>
              <td>
                <span className="block">{money(total.turnover)}</span>
                <span className="hint block">
                  sales <span data-testid={`total-${total.account}-sells`}>{money(total.sells)}</span>
                </span>
                <span className="hint block">
                  purchases <span data-testid={`total-${total.account}-buys`}>{money(total.buys)}</span>
                </span>
              </td>
              <td data-testid={`total-${total.account}-commission`}>{total.commission === null ? <Unknown why="The commission of an order is not known" /> : money(total.commission)}</td>
              {STEPS.map((step) => (
                <td key={step} data-testid={`total-${total.account}-margin-${step}`}>{total.margin ? money(total.margin[step]) : <Unknown why="It is told once all of them are previewed" />}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {(without.size > 0 || totals.some(({ leftOut }) => leftOut)) && (
        <ul className="plan-notes">
          {totals.map((total) => total.leftOut && <li key={total.account} data-testid={`total-${total.account}-left-out`}>{leftOutWords(total, total.leftOut)}</li>)}
          {totals.map(({ account, currency }) => {
            const sales = without.get(account);
            return sales && <li key={account}><WithoutSales account={account} sales={sales} currency={currency} testId={`total-${account}-without-sales`} /></li>;
          })}
        </ul>
      )}
      <p className="hint block" data-testid="plan-margin-says">
        ≈ The margin goes step by step, sales first, as the orders are sent. The gateway says what each order changes by itself; together they may take more or less, and IBKR looks again at each one.
      </p>
    </div>
  );
}

function leftOutWords({ account, currency }: AccountTotal, { orders, sells, buys }: NonNullable<AccountTotal["leftOut"]>): string {
  const parts = [["sales", sells], ["purchases", buys]].filter(([, sum]) => sum !== "0").map(([of, sum = ""]) => `${of} of ${money(sum)} ${currency}`);
  return `${account}: ${orders} ${orders === 1 ? "order can’t go out as it stands and is" : "orders can’t go out as they stand and are"} not counted: ${parts.join(", ")}.`;
}
