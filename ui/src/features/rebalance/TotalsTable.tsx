import { Unknown } from "../../components/Unknown";
import { money } from "../../lib/format";
import type { PlanOrder } from "./rebalancing";
import { totalsOf } from "./totals";

/** What is ticked, account by account. */
export function TotalsTable({ orders }: { readonly orders: ReadonlyMap<string, PlanOrder> }) {
  return (
    <table className="before-after plan-totals" aria-label="What is ticked" data-testid="plan-totals">
      <thead>
        <tr>
          {["Ticked, by account", "Orders", "Sales", "Purchases", "Turnover", "Commission", "Initial margin before", "After"].map((head) => <th key={head} scope="col">{head}</th>)}
        </tr>
      </thead>
      <tbody>
        {totalsOf(orders.values()).map((total) => (
          <tr key={total.account} data-testid={`total-${total.account}`}>
            <th scope="row">{total.account} <span className="hint">{total.currency}</span></th>
            <td>{total.orders}</td>
            <td data-testid={`total-${total.account}-sells`}>{money(total.sells)}</td>
            <td data-testid={`total-${total.account}-buys`}>{money(total.buys)}</td>
            <td>{money(total.turnover)}</td>
            <td data-testid={`total-${total.account}-commission`}>{total.commission === null ? <Unknown why="The commission of an order is not known" /> : money(total.commission)}</td>
            <td>{total.margin ? money(total.margin.before) : <Unknown why="It is told once all of them are previewed" />}</td>
            <td data-tip="Each order's change is what the gateway says of that order alone">{total.margin ? money(total.margin.after) : <Unknown why="It is told once all of them are previewed" />}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
