import type { ExecutionView, OrderView } from "../../backend/backend";
import { Unknown } from "../../components/Unknown";
import { bothTimes, timeOfDay } from "../../lib/dates";
import { change, commission, price, quantity } from "../../lib/format";

interface Props {
  readonly order: OrderView;
  readonly onShowIntent: (intent: string) => void;
}

/** Executions, notes and ids of one order. */
export function OrderDetail({ order, onShowIntent }: Props) {
  const { intent } = order;
  return (
    <div className="order-detail" data-testid="order-detail">
      {order.executions.length > 0 ? (
        <table className="executions">
          <caption className="vh">Executions</caption>
          <thead>
            <tr>
              <th scope="col">Time</th>
              <th scope="col">Quantity</th>
              <th scope="col">Price</th>
              <th scope="col">Commission</th>
              <th scope="col">execId</th>
            </tr>
          </thead>
          <tbody>
            {order.executions.map((execution) => (
              <Execution key={execution.execId} execution={execution} decimals={order.instrument.priceDecimals} />
            ))}
          </tbody>
        </table>
      ) : (
        <p className="hint block">No executions.</p>
      )}
      {order.realizedPnl !== null && <p>Realized {change(order.realizedPnl)} {order.commissionCurrency ?? ""}</p>}
      {order.notes.map((note) => <p key={note}>{note}</p>)}
      <p className="hint block">
        permId {order.permId ?? "not given yet"}, order {order.key}
        {intent && (
          <button type="button" className="small quiet" onClick={() => onShowIntent(intent)} data-testid="order-journal">
            Show in the journal
          </button>
        )}
      </p>
    </div>
  );
}

function Execution({ execution, decimals }: { readonly execution: ExecutionView; readonly decimals: number }) {
  return (
    <tr data-testid={`execution-${execution.execId}`}>
      <td data-tip={bothTimes(execution.at)}>{timeOfDay(execution.at)}</td>
      <td className="number">{quantity(execution.quantity)}</td>
      <td className="number">{price(execution.price, decimals)}</td>
      <td className="number">{execution.commission === null ? <Unknown why="The commission report has not come yet" /> : commission(execution.commission)}</td>
      <td><code>{execution.execId}</code></td>
    </tr>
  );
}
