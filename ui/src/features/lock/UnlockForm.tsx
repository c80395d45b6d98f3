import { type FormEvent, useRef, useState } from "react";
import { asBackendError, type PassOutcome } from "../../backend/backend";
import { useBackend } from "../../backend/context";
import { Field } from "../../components/Field";
import { refusedWords, waitWords } from "../../lib/passphrase";
import { useMoment } from "../../live/clock";

/** Asks for the passphrase. What was typed is gone from the field as soon as it was handed over. */
export function UnlockForm() {
  const backend = useBackend();
  const form = useRef<HTMLFormElement>(null);
  const [typed, setTyped] = useState("");
  const [asking, setAsking] = useState(false);
  const [outcome, setOutcome] = useState<PassOutcome | null>(null);
  const [error, setError] = useState<string | null>(null);
  const until = outcome && "tryAgainAt" in outcome ? outcome.tryAgainAt : null;
  const wait = useMoment((now) => (until === null ? 0 : Math.max(0, Math.ceil((until - now) / 1000))));
  const unlock = async (event: FormEvent) => {
    event.preventDefault();
    setTyped("");
    setAsking(true);
    setError(null);
    try {
      setOutcome(await backend.unlock(typed));
    } catch (thrown) {
      setOutcome(null);
      setError(asBackendError(thrown).message);
    }
    setAsking(false);
    form.current?.querySelector("input")?.focus();
  };
  const refused = outcome?.type === "wrong" ? refusedWords(wait) : outcome?.type === "tooSoon" && wait > 0 ? `It was not looked at: too many were wrong. Try again in ${waitWords(wait)}.` : null;
  return (
    <form ref={form} className="lock-form" onSubmit={(event) => void unlock(event)}>
      {/* oxlint-disable-next-line jsx-a11y/no-autofocus -- there is nothing else to do here */}
      <Field label="Passphrase" type="password" autoFocus value={typed} onChange={(event) => setTyped(event.target.value)} testId="lock-passphrase" />
      {refused && (
        <p className="fault-note" role="alert" data-testid="lock-refused">
          {refused}
        </p>
      )}
      {error && (
        <p className="fault-note" role="alert" data-testid="lock-error">
          {error}
        </p>
      )}
      <button type="submit" className="primary" disabled={asking || typed === "" || wait > 0} data-testid="lock-unlock">
        {asking ? "Looking…" : wait > 0 ? `Wait ${waitWords(wait)}` : "Unlock"}
      </button>
    </form>
  );
}
