import { useState } from "react";
import { type AccountKind, type AccountView, asBackendError } from "../../backend/backend";
import { useBackend } from "../../backend/context";
import { Face } from "../../components/Face";
import { Pick } from "../../components/Pick";
import { useKeyed, useKeys, useLive } from "../../live/context";
import { CashChoice } from "./CashChoice";
import { KIND_WORDS, kindsOf } from "./kinds";

/** What each account is, as IBKR tells it and as the person confirms it. The rules follow it. */
export function TypesStep() {
  const { accounts } = useLive();
  const ids = useKeys(accounts);
  if (ids.length === 0) {
    return (
      <Face kind="empty" title="No account has come yet." testId="wizard-types-empty">
        The accounts come with the connection. Prove it, give it a name and connect; then they are listed here.
      </Face>
    );
  }
  return (
    <>
      <p className="wizard-lead">
        The type of an account decides which rules hold: a retirement account can't sell short or borrow, for one. IBKR's word is taken as the least; you can make it stricter. Where IBKR names no type that is known here, the strictest rules hold until you say what it is.
      </p>
      <ul className="wizard-types" data-testid="wizard-types">
        {ids.map((id) => (
          <TypeLine key={id} id={id} />
        ))}
      </ul>
    </>
  );
}

function TypeLine({ id }: { readonly id: string }) {
  const { accounts } = useLive();
  const account = useKeyed(accounts, id);
  const backend = useBackend();
  const [error, setError] = useState<string | null>(null);
  if (!account) return null;
  const say = (said: AccountKind | null) => {
    setError(null);
    backend.sayAccountKind(id, said).catch((thrown: unknown) => setError(asBackendError(thrown).message));
  };
  const isConfirmed = account.saidKind !== null;
  return (
    <li className="wizard-type" data-testid={`wizard-type-${id}`} data-kind={account.kind} data-confirmed={isConfirmed}>
      <div>
        <strong>{id}</strong>
        <p className="hint">{toldWords(account)}</p>
      </div>
      <Pick
        label={`Type of ${id}`}
        options={kindsOf(account.toldKind).map((kind) => ({ value: kind, label: KIND_WORDS[kind] }))}
        value={account.kind === "unknown" ? "" : account.kind}
        onChange={(kind) => say(kind as AccountKind)}
        testId={`wizard-kind-${id}`}
      />
      {isConfirmed ? (
        <span className="row">
          <span>Confirmed by you.</span>
          <button type="button" onClick={() => say(null)} data-testid={`wizard-unsay-${id}`}>
            Take back
          </button>
        </span>
      ) : (
        <button type="button" disabled={account.kind === "unknown"} onClick={() => say(account.kind)} data-testid={`wizard-confirm-${id}`}>
          {account.kind === "unknown" ? "Choose its type" : `Yes, it is ${KIND_WORDS[account.kind]}`}
        </button>
      )}
      {["individual", "joint", "entity", "trust"].includes(account.kind) && <CashChoice account={id} />}
      {error && <p className="fault-note" role="alert">{error}</p>}
    </li>
  );
}

function toldWords({ kindText, toldKind }: AccountView): string {
  if (kindText === null) return "IBKR has not said what it is.";
  if (toldKind === "unknown") return `IBKR calls it “${kindText}”, which is not known here: the strictest rules hold.`;
  return `IBKR calls it “${kindText}”: ${KIND_WORDS[toldKind]}.`;
}
