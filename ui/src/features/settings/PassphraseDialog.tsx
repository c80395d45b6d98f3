import { type FormEvent, useRef, useState } from "react";
import { asBackendError, type PassOutcome } from "../../backend/backend";
import { useBackend } from "../../backend/context";
import { Field } from "../../components/Field";
import { Modal } from "../../components/Modal";
import { refusedWords, waitWords } from "../../lib/passphrase";

export type Asked = "set" | "change" | "remove";

interface Props {
  /** What is to be done; null while nothing is. */
  readonly asked: Asked | null;
  readonly onDone: () => void;
  readonly onLeave: () => void;
}

const TITLES: Record<Asked, string> = { set: "Set a passphrase", change: "Change the passphrase", remove: "Take the lock off?" };
const DO: Record<Asked, string> = { set: "Set the passphrase", change: "Change the passphrase", remove: "Take the lock off" };
const SHORTEST = 8;

export function PassphraseDialog({ asked, onDone, onLeave }: Props) {
  const back = useRef<HTMLButtonElement>(null);
  return (
    <Modal open={asked !== null} onLeave={onLeave} title={asked ? TITLES[asked] : ""} initialFocus={asked === "remove" ? back : undefined} testId="passphrase-dialog">
      {asked && <PassphraseForm asked={asked} onDone={onDone} onLeave={onLeave} back={back} />}
    </Modal>
  );
}

interface FormProps extends Props {
  readonly asked: Asked;
  readonly back: React.RefObject<HTMLButtonElement | null>;
}

function PassphraseForm({ asked, onDone, onLeave, back }: FormProps) {
  const backend = useBackend();
  const [current, setCurrent] = useState("");
  const [typed, setTyped] = useState("");
  const [again, setAgain] = useState("");
  const [asking, setAsking] = useState(false);
  const [left, setLeft] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const isNew = asked !== "remove";
  const short = [...typed].length < SHORTEST;
  const different = typed !== again;
  const ready = (asked === "set" || current !== "") && (!isNew || (!short && !different));
  const send = async (event: FormEvent) => {
    event.preventDefault();
    if (!ready || asking) return;
    // The fields are empty before anything can go wrong.
    for (const clear of [setCurrent, setTyped, setAgain]) clear("");
    setAsking(true);
    setError(null);
    try {
      const outcome = await (isNew ? backend.setPassphrase(asked === "set" ? null : current, typed) : backend.removePassphrase(current));
      if (outcome.type === "passed" || outcome.type === "gone") onDone();
      else setError(words(outcome));
    } catch (thrown) {
      setError(asBackendError(thrown).message);
    }
    setAsking(false);
  };
  return (
    <form className="passphrase-form" onSubmit={(event) => void send(event)}>
      {asked !== "set" && <Field label="Passphrase now" type="password" value={current} onChange={(event) => setCurrent(event.target.value)} testId="passphrase-current" />}
      {isNew && (
        <>
          <Field
            label="New passphrase"
            hint={`at least ${SHORTEST} letters; a few plain words are best`}
            type="password"
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            onBlur={() => setLeft(true)}
            fault={left && typed !== "" && short ? `It is too short: at least ${SHORTEST} letters.` : undefined}
            testId="passphrase-new"
          />
          <Field
            label="Once more"
            type="password"
            value={again}
            onChange={(event) => setAgain(event.target.value)}
            fault={again !== "" && different ? "It is not the same as above." : undefined}
            testId="passphrase-again"
          />
          <p className="hint block">Only what it is checked against is kept, in the system's keychain. The system may ask for the keychain's password in a window of its own.</p>
        </>
      )}
      {error && (
        <p className="fault-note" role="alert" data-testid="passphrase-error">
          {error}
        </p>
      )}
      <div className="modal-actions">
        <button ref={back} type="button" onClick={onLeave} data-testid="passphrase-back">
          Go back
        </button>
        <button type="submit" className="primary" disabled={!ready || asking} data-testid="passphrase-go">
          {asking ? "Asking the keychain…" : DO[asked]}
        </button>
      </div>
    </form>
  );
}

function words(outcome: Extract<PassOutcome, { tryAgainAt: number | null }>): string {
  const seconds = outcome.tryAgainAt === null ? 0 : Math.max(0, Math.ceil((outcome.tryAgainAt - Date.now()) / 1000));
  return outcome.type === "wrong" ? refusedWords(seconds) : `It was not looked at: too many were wrong. Try again in ${waitWords(seconds)}.`;
}
