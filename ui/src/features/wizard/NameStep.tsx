import { useState } from "react";
import { asBackendError, type Checked, type ProfileFault } from "../../backend/backend";
import { useBackend } from "../../backend/context";
import { CheckField } from "../../components/CheckField";
import { Face } from "../../components/Face";
import { Field } from "../../components/Field";
import { useKeys, useLive } from "../../live/context";
import { useFaultFocus } from "../../lib/fault-focus";
import { useValue } from "../../lib/value-store";
import type { Target } from "./target";

interface Props {
  readonly target: Target;
  readonly checked: Checked | null;
  readonly onProve: () => void;
  readonly onTypes: () => void;
  readonly onServeOther: () => void;
}

/** Keeps what was proved as a connection with a name, and connects. */
export function NameStep({ target, checked, onProve, onTypes, onServeOther }: Props) {
  const backend = useBackend();
  const [name, setName] = useState("");
  const [automatic, setAutomatic] = useState(true);
  const [readOnly, setReadOnly] = useState(false);
  const [faults, setFaults] = useState<readonly ProfileFault[]>([]);
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [connected, setConnected] = useState(false);
  const found = checked?.mode === "paper" || checked?.mode === "live" ? checked.mode : null;
  const expects = target.expects === "either" && found !== null ? found : target.expects;
  const suggested = name || (expects === "live" ? "Live" : expects === "paper" ? "Paper" : "Gateway");
  const connect = async () => {
    setBusy(true);
    setError(null);
    setFaults([]);
    try {
      const before = await backend.profiles();
      const same = before.profiles.find(({ profile }) => profile.port === Number(target.port) && profile.host === target.host && profile.clientId === Number(target.clientId));
      const outcome = await backend.saveProfile({
        id: same?.profile.id ?? null,
        name: suggested,
        host: target.host,
        port: target.port,
        clientId: target.clientId,
        takeOver: same?.profile.takeOver ?? false,
        expects,
        readOnly,
        automatic,
        colour: same?.profile.colour ?? null,
        restartAt: same?.profile.restartAt ?? "",
        accounts: same?.profile.accounts ?? [],
      });
      if (outcome.type === "faulty") setFaults(outcome.faults);
      else {
        const after = await backend.connectProfile(outcome.id);
        setConnected(true);
        if (before.current !== after.current) onServeOther();
      }
    } catch (thrown) {
      setError(asBackendError(thrown).message);
    }
    setBusy(false);
  };
  const form = useFaultFocus<HTMLFormElement>(faults);
  const says = (field: ProfileFault["field"]) => faults.find((fault) => fault.field === field)?.says;
  const elsewhere = faults.filter(({ field }) => field !== "name");
  return (
    <>
      {!checked?.usable && (
        <Face kind="partial" title="This connection has not been proved." actions={<button type="button" onClick={onProve}>Prove it</button>}>
          It can be kept all the same; Gatehouse tries it until it answers.
        </Face>
      )}
      <form
        ref={form}
        className="wizard-name"
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy) void connect();
        }}
      >
        <Field label="Name" value={name} placeholder={suggested} fault={says("name")} onChange={(event) => setName(event.target.value)} testId="wizard-name" />
        <p className="hint block">
          {target.host}:{target.port}, client id {target.clientId}. {expects === "either" ? "Paper and live will both do." : `A login that is not ${expects} is held back until you say so.`}
        </p>
        <CheckField label="Connect when Gatehouse starts" checked={automatic} onTurn={setAutomatic} testId="wizard-automatic" />
        <CheckField label="Only look: no order goes out under it" checked={readOnly} onTurn={setReadOnly} testId="wizard-read-only" />
        {elsewhere.map((fault) => (
          <p key={fault.field} className="fault-note" role="alert">{fault.says}</p>
        ))}
        {error && <p className="fault-note" role="alert" data-testid="wizard-name-error">{error}</p>}
        <div className="row">
          <button type="submit" className="primary" disabled={busy} data-testid="wizard-connect">
            {busy ? "Connecting…" : "Keep it and connect"}
          </button>
        </div>
      </form>
      {connected && <Connected onTypes={onTypes} />}
    </>
  );
}

/** What came of the connection. */
function Connected({ onTypes }: { readonly onTypes: () => void }) {
  const live = useLive();
  const link = useValue(live.link);
  const ids = useKeys(live.accounts);
  const isUp = link?.state === "up" && ids.length > 0;
  return (
    <div role="status" className="wizard-verdict" data-testid="wizard-connected" data-up={isUp}>
      {isUp ? `Connected: ${ids.length} account${ids.length === 1 ? "" : "s"}.` : `Not connected yet. ${link?.says ?? ""}`}
      {isUp && (
        <>
          <button type="button" onClick={onTypes} data-testid="wizard-to-types">
            Confirm what the accounts are
          </button>
        </>
      )}
    </div>
  );
}
