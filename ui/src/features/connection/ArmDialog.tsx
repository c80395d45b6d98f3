import { useRef, useState } from "react";
import { asBackendError } from "../../backend/backend";
import { useBackend } from "../../backend/context";
import { Choice } from "../../components/Choice";
import { Field } from "../../components/Field";
import { Modal } from "../../components/Modal";
import { useLinkError } from "../../live/link-error";

interface Props {
  readonly open: boolean;
  /** Until when live orders are on. */
  readonly until: number | null;
  readonly onLeave: () => void;
}

const WORD = "LIVE";

const TIMES = [
  { value: "15", label: "15 minutes" },
  { value: "60", label: "1 hour" },
  { value: "240", label: "4 hours" },
] as const;

/** Turns orders on a live login on, by a deliberate act and for a time, and off. */
export function ArmDialog({ open, until, onLeave }: Props) {
  const back = useRef<HTMLButtonElement>(null);
  const backend = useBackend();
  const [minutes, setMinutes] = useState<(typeof TIMES)[number]["value"]>("15");
  const [typed, setTyped] = useState("");
  const [error, setError] = useLinkError();
  const leave = () => {
    setTyped("");
    setError(null);
    onLeave();
  };
  const ask = (asked: Promise<void>) => asked.then(leave, (thrown) => setError(asBackendError(thrown).message));
  return (
    <Modal open={open} onLeave={leave} title={until === null ? "Turn live orders on?" : "Live orders are on"} initialFocus={back} testId="arm-dialog" tone="live">
      {until === null ? (
        <>
          <p>
            This login trades real money. While live orders are on, each one still has its preview and is confirmed by typing the last characters of its account. They go off by themselves when the time
            is over, when the link is lost, and when Gatehouse ends.
          </p>
          <Choice label="For" options={TIMES} value={minutes} onChange={setMinutes} testId="arm-minutes" />
          <Field label={`Type ${WORD} to turn them on`} value={typed} onChange={(event) => setTyped(event.target.value)} testId="arm-word" />
        </>
      ) : (
        <p>Turning them off cancels nothing: working orders stay at the broker, and can be cancelled from here at any time.</p>
      )}
      {error && (
        <p className="fault-note" role="alert" data-testid="arm-error">
          {error}
        </p>
      )}
      <div className="modal-actions">
        <button ref={back} type="button" onClick={leave} data-testid="arm-back">
          Go back
        </button>
        {until === null ? (
          <button type="button" className="primary live" disabled={typed.trim().toUpperCase() !== WORD} onClick={() => void ask(backend.armLive(Number(minutes), typed))} data-testid="arm-on">
            Turn live orders on
          </button>
        ) : (
          <button type="button" className="primary" onClick={() => void ask(backend.disarmLive())} data-testid="arm-off">
            Turn live orders off
          </button>
        )}
      </div>
    </Modal>
  );
}
