import { useRef, useState } from "react";
import { asBackendError } from "../../backend/backend";
import { useBackend } from "../../backend/context";
import { CancelReach } from "../../components/CancelReach";
import { Modal } from "../../components/Modal";
import { useLinkError } from "../../live/link-error";

interface Props {
  readonly open: boolean;
  readonly onLeave: () => void;
}

/** Cancels everything from behind the lock, where the orders can't be counted for the person. Focus starts on keeping them. */
export function LockedCancel({ open, onLeave }: Props) {
  const keep = useRef<HTMLButtonElement>(null);
  const backend = useBackend();
  const [othersToo, setOthersToo] = useState(false);
  const [asking, setAsking] = useState(false);
  const [said, setSaid] = useState<string | null>(null);
  const [error, setError] = useLinkError();
  const leave = () => {
    setSaid(null);
    setError(null);
    onLeave();
  };
  const cancel = async () => {
    setAsking(true);
    setError(null);
    try {
      setSaid((await backend.cancelMany({ type: "everything", othersToo })).says);
    } catch (thrown) {
      setError(asBackendError(thrown).message);
    }
    setAsking(false);
  };
  return (
    <Modal open={open} onLeave={leave} title="Cancel all orders?" initialFocus={keep} testId="locked-cancel">
      <p>Every order that was made in Gatehouse and still works is cancelled, in every account, stops that protect a position too. How many there are is not shown while it is locked.</p>
      {said === null && (
        <label className="check">
          <input type="checkbox" checked={othersToo} onChange={(event) => setOthersToo(event.target.checked)} data-testid="locked-cancel-others" />
          Also orders made in TWS and by other programs, in every account of the login
        </label>
      )}
      {said && (
        <p role="status" data-testid="locked-cancel-said">
          {said}
        </p>
      )}
      {said === null && <CancelReach />}
      {error && (
        <p className="fault-note" role="alert" data-testid="locked-cancel-error">
          {error}
        </p>
      )}
      <div className="modal-actions">
        <button ref={keep} type="button" onClick={leave} data-testid="locked-cancel-keep">
          {said ? "Close" : "Keep the orders"}
        </button>
        {said === null && (
          <button type="button" className="danger" disabled={asking} onClick={() => void cancel()} data-testid="locked-cancel-go">
            {asking ? "Cancelling…" : "Cancel all orders"}
          </button>
        )}
      </div>
    </Modal>
  );
}
