import { type RefObject, useRef, useState } from "react";
import type { CancelScope } from "../../backend/backend";
import { CancelReach } from "../../components/CancelReach";
import { Modal } from "../../components/Modal";
import { CancelCounts } from "./CancelCounts";
import { useCancelMany } from "./cancel-many";
import { orders } from "./scope";

interface Props {
  /** What is to be cancelled; null while nothing is asked. */
  readonly scope: CancelScope | null;
  /** What it is called: "all orders in Roth IRA DU2". */
  readonly words: string;
  readonly onLeave: () => void;
}

/** Counts what would be cancelled before anything is. Focus starts on keeping the orders, so that Enter cancels nothing. */
export function CancelDialog({ scope, words, onLeave }: Props) {
  const keep = useRef<HTMLButtonElement>(null);
  return (
    <Modal open={scope !== null} onLeave={onLeave} title={`Cancel ${words}?`} initialFocus={keep} testId="cancel-dialog">
      {scope && <CancelBody scope={scope} onLeave={onLeave} keep={keep} />}
    </Modal>
  );
}

interface BodyProps {
  readonly scope: CancelScope;
  readonly onLeave: () => void;
  readonly keep: RefObject<HTMLButtonElement | null>;
}

function CancelBody({ scope, onLeave, keep }: BodyProps) {
  const { counts, ours, others, underWay, asking, outcome, error, cancel } = useCancelMany(scope);
  const [othersToo, setOthersToo] = useState(false);
  const everything = scope.type === "everything";
  const wanted = ours + (everything && othersToo ? others : 0);
  return (
    <>
      {counts.length > 0 ? <CancelCounts counts={counts} /> : <p data-testid="cancel-none">No order is working here.</p>}
      {everything && outcome === null && (
        <label className="check">
          <input type="checkbox" checked={othersToo} onChange={(event) => setOthersToo(event.target.checked)} data-testid="cancel-others" />
          Also orders made in TWS and by other programs, in every account of the login
        </label>
      )}
      {!everything && others > 0 && <p className="hint block">Orders made in TWS or by other programs can't be cancelled from here one by one.</p>}
      {outcome === null && <CancelReach />}
      {error && <p className="fault-note" role="alert" data-testid="cancel-error">{error}</p>}
      {outcome && (
        <p role="status" data-testid="cancel-outcome">
          {outcome.says} {underWay > 0 ? `${orders(underWay)} not confirmed as cancelled yet.` : ""}
        </p>
      )}
      <div className="modal-actions">
        <button ref={keep} type="button" onClick={onLeave} data-testid="cancel-keep">
          {outcome ? "Close" : "Keep the orders"}
        </button>
        {outcome === null && (
          <button
            type="button"
            className="danger"
            disabled={asking || (wanted === 0 && !othersToo)}
            onClick={() => void cancel(othersToo)}
            data-testid="cancel-go"
          >
            {asking ? "Cancelling…" : `Cancel ${othersToo && others === 0 ? "whatever is open" : orders(wanted)}`}
          </button>
        )}
      </div>
    </>
  );
}
