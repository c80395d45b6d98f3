import { useState } from "react";
import { asBackendError } from "../../backend/backend";
import { useBackend } from "../../backend/context";
import { Field } from "../../components/Field";
import { useValue } from "../../lib/value-store";
import { useLive } from "../../live/context";

const KINDS = { paper: "paper accounts", live: "real money", unknown: "accounts that are not known" } as const;
const EXPECTED = { paper: "a paper login", live: "a live login", either: "any login" } as const;

/** The login is not the expected one: said aloud in place of every figure, until a person decides. */
export function Held({ onSettings }: { readonly onSettings: () => void }) {
  const backend = useBackend();
  const link = useValue(useLive().link);
  const [typed, setTyped] = useState("");
  const [error, setError] = useState<string | null>(null);
  const held = link?.held ?? null;
  if (!link || !held) return null;
  const ask = (asked: Promise<unknown>) =>
    asked.then(
      () => {
        setTyped("");
        setError(null);
      },
      (thrown: unknown) => setError(asBackendError(thrown).message),
    );
  const fits = typed.trim().toUpperCase() === held.word;
  return (
    <section className={`held held-${held.found}`} role="alert" aria-labelledby="held-title" data-testid="held">
      <h2 id="held-title">
        {link.profile?.name ?? "This connection"} expects {EXPECTED[held.expects]}. This is {KINDS[held.found]}.
      </h2>
      <p>
        The gateway at {link.address} is logged in to <strong data-testid="held-accounts">{held.accounts.join(", ")}</strong>. No figure of it is shown or judged, and no order is sent, changed or cancelled, until you decide.
      </p>
      <p>Most likely the gateway has the wrong login: log in to the other one there, and this goes away by itself.</p>
      <div className="held-ways">
        <Field label={`Type ${held.word} to go on with this login`} value={typed} onChange={(event) => setTyped(event.target.value)} testId="held-word" />
        <button type="button" className="danger" disabled={!fits} onClick={() => void ask(backend.goOn(typed))} data-testid="held-go-on">
          Go on with these accounts
        </button>
        <button type="button" onClick={onSettings} data-testid="held-settings">
          Change the connection…
        </button>
        <button type="button" onClick={() => void ask(backend.disconnect())} data-testid="held-disconnect">
          Disconnect
        </button>
      </div>
      <p className="hint block">Going on holds while Gatehouse runs and the accounts are these.</p>
      {error && (
        <p className="fault-note" role="alert" data-testid="held-error">
          {error}
        </p>
      )}
    </section>
  );
}
