import type { ExecutionView, OrderView } from "../../backend/backend";
import { Unknown } from "../../components/Unknown";
import { bothTimes, timeOfDay } from "../../lib/dates";
import { change, commission, price, quantity } from "../../lib/format";
import type { OrderActions } from "./actions";
import { OriginalText } from "./OriginalText";
import { LIQUIDITY_WORDS } from "./words";

interface Props extends Pick<OrderActions, "onShowIntent" | "onCancelMany"> {
  readonly order: OrderView;
}

/** Executions, notes and ids of one order. */
export function OrderDetail({ order, onShowIntent, onCancelMany }: Props) {
  const { intent, account, instrument } = order;
  return (
    <div className="order-detail" data-testid="order-detail">
      {order.executions.length > 0 ? <Executions order={order} /> : <p className="hint block">No executions.</p>}
      {order.realizedPnl !== null && (
        <p data-testid="order-realized">
          Realized {change(order.realizedPnl)} {order.commissionCurrency ?? ""}
        </p>
      )}
      {order.notes.map((note) => (
        <div key={note.original} className="order-note" data-testid="order-note">
          {note.says} {note.says !== note.original && <OriginalText code={note.code} text={note.original} />}
        </div>
      ))}
      <p className="hint block">
        permId {order.permId ?? "not given yet"}, order {order.key}
        {intent && (
          <button type="button" className="small quiet" onClick={() => onShowIntent(intent)} data-testid="order-journal">
            Show in the journal
          </button>
        )}
        <button type="button" className="small quiet" onClick={() => onCancelMany({ type: "instrument", account, conId: instrument.conId })} data-testid="order-cancel-instrument">
          Cancel all {instrument.label} orders in this account…
        </button>
      </p>
    </div>
  );
}

function Executions({ order }: { readonly order: OrderView }) {
  return (
    <table className="executions">
      <caption className="vh">Executions</caption>
      <thead>
        <tr>
          <th scope="col">Time</th>
          <th scope="col">Quantity</th>
          <th scope="col">Price</th>
          <th scope="col">Commission</th>
          <th scope="col">Realized</th>
          <th scope="col">Liquidity</th>
          <th scope="col">execId</th>
        </tr>
      </thead>
      <tbody>
        {order.executions.map((execution) => (
          <Execution key={execution.execId} execution={execution} decimals={order.instrument.priceDecimals} />
        ))}
      </tbody>
    </table>
  );
}

function Execution({ execution, decimals }: { readonly execution: ExecutionView; readonly decimals: number }) {
  const { at, commission: paid, commissionCurrency, realizedPnl, liquidity } = execution;
  return (
    <tr data-testid={`execution-${execution.execId}`}>
      <td data-tip={bothTimes(at)}>{timeOfDay(at)}</td>
      <td className="number">{quantity(execution.quantity)}</td>
      <td className="number">{price(execution.price, decimals)}</td>
      <td className="number" data-tip={commissionCurrency ? `in ${commissionCurrency}` : undefined}>
        {paid === null ? <Unknown why="The commission report has not come yet" /> : commission(paid)}
      </td>
      <td className="number">{realizedPnl === null ? <Unknown why="Nothing was realized, or the broker has not told it" /> : change(realizedPnl)}</td>
      <td>{liquidity === null ? <Unknown why="The broker has not told it" /> : LIQUIDITY_WORDS[liquidity]}</td>
      <td><code>{execution.execId}</code></td>
    </tr>
  );
}
