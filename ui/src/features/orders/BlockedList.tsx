import type { BlockedView } from "../../backend/backend";
import { Face } from "../../components/Face";
import { dateAndTime, timeOfDay } from "../../lib/dates";

interface Props {
  /** Newest first. */
  readonly attempts: readonly BlockedView[];
  readonly onShowIntent: (intent: string) => void;
}

/** What the rules stopped before the broker heard of it. */
export function BlockedList({ attempts, onShowIntent }: Props) {
  if (attempts.length === 0) {
    return (
      <Face kind="empty" title="Nothing was blocked.">
        An order that breaks a rule is stopped here and never reaches the broker.
      </Face>
    );
  }
  return (
    <ul className="order-scroll" data-testid="blocked-list">
      {attempts.map(({ id, at, account, intent, says }) => (
        <li key={id} className="order" data-testid={`blocked-${id}`}>
          <div className="order-blocked">
            <span className="order-time" data-tip={dateAndTime(at)}>{timeOfDay(at)}</span>
            <span>
              {says} <span className="hint">{account}</span>
            </span>
            {intent && (
              <button type="button" className="small quiet" onClick={() => onShowIntent(intent)}>
                Show in the journal
              </button>
            )}
          </div>
        </li>
      ))}
    </ul>
  );
}
