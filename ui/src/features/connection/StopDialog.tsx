import { useRef, useState } from "react";
import { asBackendError, type CancelOutcome } from "../../backend/backend";
import { useBackend } from "../../backend/context";
import { Modal } from "../../components/Modal";
import { canCancel } from "../../lib/reach";
import { useValue } from "../../lib/value-store";
import { useLive } from "../../live/context";
import { notReached, useOtherWindows } from "./use-other-windows";

interface Props {
  readonly open: boolean;
  /** Why a stop that was asked for could cancel nothing, which is then all that is said. */
  readonly said: string | null;
  /** The shortcut that stops without this dialog. */
  readonly keys: string;
  readonly onUnreached: (says: string) => void;
  readonly onLeave: () => void;
}

/** Stops trading, or allows it again. Focus starts on changing nothing. */
export function StopDialog({ open, said, keys, onUnreached, onLeave }: Props) {
  const back = useRef<HTMLButtonElement>(null);
  const backend = useBackend();
  const stopped = (useValue(useLive().trading)?.stoppedSince ?? null) !== null;
  const isReached = canCancel(useValue(useLive().link));
  const beyond = notReached(useOtherWindows(open && !stopped));
  const [asking, setAsking] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const leave = () => {
    setError(null);
    onLeave();
  };
  const ask = async (asked: Promise<CancelOutcome | void>) => {
    setAsking(true);
    setError(null);
    try {
      const outcome = await asked;
      if (outcome?.reached === false) onUnreached(outcome.says);
      else leave();
    } catch (thrown) {
      setError(asBackendError(thrown).message);
    }
    setAsking(false);
  };
  if (said !== null) {
    return (
      <Modal open={open} onLeave={leave} title="Trading is stopped, and nothing was cancelled" initialFocus={back} testId="stop-dialog">
        <p className="fault-note" role="alert" data-testid="stop-said">{said}</p>
        <div className="modal-actions">
          <button ref={back} type="button" onClick={leave} data-testid="stop-back">
            Close
          </button>
        </div>
      </Modal>
    );
  }
  return (
    <Modal open={open} onLeave={leave} title={stopped ? "Allow trading again?" : "Stop trading?"} initialFocus={back} testId="stop-dialog">
      {stopped ? (
        <p>Orders can be previewed and sent again. What was cancelled stays cancelled, the exits of open positions too.</p>
      ) : (
        <>
          {isReached ? (
            <p>Every order of this login is cancelled, in every account and whoever made it, stops that protect a position too. Positions stay as they are.</p>
          ) : (
            <p className="fault-note" role="alert" data-testid="stop-unreached">
              Nothing can be cancelled now: the link is not up, or not with the expected login. What stands at the broker may still fill: cancel it in TWS, IBKR Mobile or by telephone.
            </p>
          )}
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
            {isReached ? "Cancel everything and stop" : "Stop, and cancel nothing"}
          </button>
        )}
      </div>
    </Modal>
  );
}
