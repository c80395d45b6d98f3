import { useRef, useState } from "react";
import { asBackendError } from "../../backend/backend";
import { useBackend } from "../../backend/context";
import { Modal } from "../../components/Modal";
import { useValue } from "../../lib/value-store";
import { useLive } from "../../live/context";
import { notReached, useOtherWindows } from "./use-other-windows";

interface Props {
  readonly open: boolean;
  /** The shortcut that stops without this dialog. */
  readonly keys: string;
  readonly onLeave: () => void;
}

/** Stops trading, or allows it again. Focus starts on changing nothing. */
export function StopDialog({ open, keys, onLeave }: Props) {
  const back = useRef<HTMLButtonElement>(null);
  const backend = useBackend();
  const stopped = (useValue(useLive().trading)?.stoppedSince ?? null) !== null;
  const beyond = notReached(useOtherWindows(open && !stopped));
  const [asking, setAsking] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const leave = () => {
    setError(null);
    onLeave();
  };
  const ask = async (asked: Promise<unknown>) => {
    setAsking(true);
    setError(null);
    try {
      await asked;
      leave();
    } catch (thrown) {
      setError(asBackendError(thrown).message);
    }
    setAsking(false);
  };
  return (
    <Modal open={open} onLeave={leave} title={stopped ? "Allow trading again?" : "Stop trading?"} initialFocus={back} testId="stop-dialog">
      {stopped ? (
        <p>Orders can be previewed and sent again. What was cancelled stays cancelled, the exits of open positions too.</p>
      ) : (
        <>
          <p>Every order of this login is cancelled, in every account and whoever made it, stops that protect a position too. Positions stay as they are.</p>
          <p>No order goes out until you allow it again, also after a restart.</p>
          {beyond && <p className="setting-note" data-testid="stop-beyond">{beyond}</p>}
          <p className="hint block">
            <kbd>{keys}</kbd> does it at once, without this question.
          </p>
        </>
      )}
      {error && (
        <p className="fault-note" role="alert" data-testid="stop-error">
          {error}
        </p>
      )}
      <div className="modal-actions">
        <button ref={back} type="button" onClick={leave} data-testid="stop-back">
          Go back
        </button>
        {stopped ? (
          <button type="button" className="primary" disabled={asking} onClick={() => void ask(backend.resumeTrading())} data-testid="stop-lift">
            Allow trading again
          </button>
        ) : (
          <button type="button" className="danger" disabled={asking} onClick={() => void ask(backend.stopTrading())} data-testid="stop-go">
            Cancel everything and stop
          </button>
        )}
      </div>
    </Modal>
  );
}
