import type { OwnTrialView, TriedOrderView, TriedOutcome } from "../../../backend/backend";
import { Face } from "../../../components/Face";
import { dateAndTime } from "../../../lib/dates";

interface Props {
  readonly trial: OwnTrialView | null;
  readonly error: string | null;
}

const OUTCOMES: Record<TriedOutcome, string> = { speaks: "Would have spoken", silent: "Silent", notConcerned: "Not for it", lacksFact: "Can't be told" };

/** What a rule says of itself in plain words, and what it would have said of the last orders. */
export function OwnTrial({ trial, error }: Props) {
  if (error !== null) return <Face kind="broken" title="What it would have said can't be told now.">{error}</Face>;
  if (trial === null) return <Face kind="loading" title="Asking what it would have said of your last orders." />;
  if (trial.sentence === null) return <p className="hint block" data-testid="own-unfinished">Once the conditions are complete, it says here in plain words what it does, and what it would have said of your last orders.</p>;
  return (
    <div className="own-trial">
      <p className="own-sentence" role="status" data-testid="own-sentence">
        {trial.sentence}
        {trial.scope !== null && ` For ${trial.scope}.`}
      </p>
      {trial.tried.length === 0 ? (
        <Face kind="empty" title="No order has been judged yet." testId="own-none-tried">The last 100 orders that you preview are held against a rule here.</Face>
      ) : (
        <>
          <h3 data-testid="own-counts">{counted(trial.tried)}</h3>
          <ul className="own-tried" tabIndex={0} aria-label="The last orders" data-testid="own-tried">
            {trial.tried.map((order) => (
              <Tried key={`${order.at} ${order.order}`} order={order} />
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

function Tried({ order }: { readonly order: TriedOrderView }) {
  return (
    <li className={`own-tried-${order.outcome}`} data-outcome={order.outcome}>
      <span className="own-tried-outcome">{OUTCOMES[order.outcome]}</span>
      <span className="own-tried-at">{dateAndTime(order.at)}</span>
      <span>
        {order.order} in {order.account}
        {!order.cleared && <span className="hint">was blocked</span>}
        {order.says !== "" && <span className="hint block">{order.says}</span>}
      </span>
    </li>
  );
}

function counted(tried: readonly TriedOrderView[]): string {
  const count = (outcome: TriedOutcome) => tried.filter((order) => order.outcome === outcome).length;
  const lacking = count("lacksFact");
  const told = `Of your last ${tried.length} ${tried.length === 1 ? "order" : "orders"} it would have spoken of ${count("speaks")}`;
  return lacking === 0 ? `${told}.` : `${told}; of ${lacking} that can't be told.`;
}
