import { useEffect, useState } from "react";
import { asBackendError, type Checked, type Profile, type ProfileFault, type ProfilesView } from "../../backend/backend";
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

/** The connection that is set up for this target already. */
function sameAs({ host, port, clientId }: Target, known: ProfilesView | null): Profile | null {
  const all = (known?.profiles ?? []).map(({ profile }) => profile);
  return all.find((profile) => profile.port === Number(port) && profile.host === host.trim() && profile.clientId === Number(clientId)) ?? null;
}

/** Keeps what was proved as a connection with a name, and connects. */
export function NameStep({ target, checked, onProve, onTypes, onServeOther }: Props) {
  const backend = useBackend();
  const [known, setKnown] = useState<ProfilesView | null>(null);
  const [typed, setTyped] = useState<{ readonly name?: string; readonly automatic?: boolean; readonly readOnly?: boolean }>({});
  const [faults, setFaults] = useState<readonly ProfileFault[]>([]);
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [connected, setConnected] = useState(false);
  const found = checked?.mode === "paper" || checked?.mode === "live" ? checked.mode : null;
  useEffect(() => {
    let late = false;
    // What can't be read now is asked again before anything is kept.
    backend.profiles().then((profiles) => late || setKnown(profiles), () => undefined);
    return () => {
      late = true;
    };
  }, [backend]);
  /** What a connection that is set up already says holds until the person says otherwise: that it only looks, above all. */
  const traitsOf = (same: Profile | null) => ({
    name: typed.name ?? same?.name ?? "",
    automatic: typed.automatic ?? same?.automatic ?? true,
    readOnly: typed.readOnly ?? same?.readOnly ?? false,
    expects: target.expects === "either" ? (same?.expects ?? found ?? target.expects) : target.expects,
  });
  const kept = sameAs(target, known);
  const traits = traitsOf(kept);
  const { name, automatic, readOnly, expects } = traits;
  const suggested = name || (expects === "live" ? "Live" : expects === "paper" ? "Paper" : "Gateway");
  const connect = async () => {
    setBusy(true);
    setError(null);
    setFaults([]);
    try {
      const before = await backend.profiles();
      setKnown(before);
      const same = sameAs(target, before);
      const now = traitsOf(same);
      const outcome = await backend.saveProfile({
        id: same?.id ?? null,
        name: now.name || suggested,
        host: target.host,
        port: target.port,
        clientId: target.clientId,
        takeOver: same?.takeOver ?? false,
        expects: now.expects,
        readOnly: now.readOnly,
        automatic: now.automatic,
        colour: same?.colour ?? null,
        restartAt: same?.restartAt ?? "",
        accounts: same?.accounts ?? [],
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
      {kept && (
        <p className="setting-note" data-testid="wizard-same">
          This is your connection “{kept.name}”. It stays as it is but for what you change here.
        </p>
      )}
      <form
        ref={form}
        className="wizard-name"
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy) void connect();
        }}
      >
        <Field label="Name" value={name} placeholder={suggested} fault={says("name")} onChange={(event) => setTyped({ ...typed, name: event.target.value })} testId="wizard-name" />
        <p className="hint block">
          {target.host}:{target.port}, client id {target.clientId}. {expects === "either" ? "Paper and live will both do." : `A login that is not ${expects} is held back until you say so.`}
        </p>
        <CheckField label="Connect when Gatehouse starts" checked={automatic} onTurn={(on) => setTyped({ ...typed, automatic: on })} testId="wizard-automatic" />
        <CheckField label="Only look: no order goes out under it" checked={readOnly} onTurn={(on) => setTyped({ ...typed, readOnly: on })} testId="wizard-read-only" />
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
