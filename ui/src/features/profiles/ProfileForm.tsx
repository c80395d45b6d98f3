import { useState } from "react";
import type { ProfileDraft, ProfileFault, ProfileField } from "../../backend/backend";
import { CheckField } from "../../components/CheckField";
import { Choice } from "../../components/Choice";
import { ColourField } from "../../components/ColourField";
import { Field } from "../../components/Field";
import { Modal } from "../../components/Modal";
import { useFaultFocus } from "../../lib/fault-focus";
import { AccountLabels } from "./AccountLabels";

interface Props {
  readonly draft: ProfileDraft;
  /** This window serves it. */
  readonly isHere: boolean;
  /** In which the gateway's restart is. */
  readonly timeZone: string;
  readonly busy: boolean;
  /** Why it could not be asked. */
  readonly error: string | null;
  readonly onSave: (draft: ProfileDraft) => Promise<readonly ProfileFault[] | null>;
  readonly onLeave: () => void;
}

const EXPECTS = [
  { value: "paper", label: "Paper", testId: "profile-expects-paper" },
  { value: "live", label: "Live", testId: "profile-expects-live" },
  { value: "either", label: "Either", testId: "profile-expects-either" },
] as const;

/** What is set of a connection. */
export function ProfileForm({ draft: begun, isHere, timeZone, busy, error, onSave, onLeave }: Props) {
  const [draft, setDraft] = useState(begun);
  const [faults, setFaults] = useState<readonly ProfileFault[]>([]);
  const form = useFaultFocus<HTMLFormElement>(faults);
  const faultOf = (field: ProfileField) => {
    const says = faults.find((fault) => fault.field === field)?.says;
    return says && <span className="fault-note">{says}</span>;
  };
  const set = (patch: Partial<ProfileDraft>) => setDraft((now) => ({ ...now, ...patch }));
  const save = async () => {
    const found = await onSave(draft);
    if (found?.length === 0) onLeave();
    else setFaults(found ?? []);
  };
  return (
    <Modal open onLeave={onLeave} title={begun.id === null ? "New connection" : `Connection “${begun.name}”`} testId="profile-form">
      <form
        ref={form}
        className="profile-form"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <Field label="Name" value={draft.name} onChange={(event) => set({ name: event.target.value })} fault={faultOf("name")} testId="profile-name" />
        <ColourField label="Colour of the connection" value={draft.colour} onChange={(colour) => set({ colour })} testId="profile-colour" />
        <Field label="Address" hint="on this computer" value={draft.host} onChange={(event) => set({ host: event.target.value })} fault={faultOf("host")} testId="profile-host" />
        <Field label="Socket port" hint="as in the gateway's API settings" value={draft.port} onChange={(event) => set({ port: event.target.value })} fault={faultOf("port")} inputMode="numeric" testId="profile-port" />
        <Field label="Client id" hint="of no other program" value={draft.clientId} onChange={(event) => set({ clientId: event.target.value })} fault={faultOf("clientId")} inputMode="numeric" testId="profile-client-id" />
        <Choice label="What you expect there" options={EXPECTS} value={draft.expects} onChange={(expects) => set({ expects })} testId="profile-expects" />
        <p className="hint block">Found otherwise, everything waits until you decide. Paper or live is told from the account ids, never from the port.</p>
        <CheckField label="Read-only: no order goes out" checked={draft.readOnly} onTurn={(readOnly) => set({ readOnly })} testId="profile-read-only" />
        <CheckField label="Connect when Gatehouse starts" checked={draft.automatic} onTurn={(automatic) => set({ automatic })} testId="profile-automatic" />
        <CheckField
          label="Take over orders made in TWS, so that they can be changed and cancelled here"
          says="The gateway hands them over to client id 0 only"
          checked={draft.takeOver}
          onTurn={(takeOver) => set(takeOver ? { takeOver, clientId: "0" } : { takeOver, clientId: draft.clientId === "0" ? "17" : draft.clientId })}
          testId="profile-take-over"
        />
        {draft.takeOver && <p className="hint block">The gateway hands them over to client id 0 only. Orders that Gatehouse placed under another id work on, but can be changed and cancelled one by one only under that id, or in TWS.</p>}
        {faultOf("takeOver")}
        <Field label="The gateway's daily restart" hint={`such as 23:45 in ${timeZone}; left empty, none`} value={draft.restartAt} onChange={(event) => set({ restartAt: event.target.value })} fault={faultOf("restartAt")} testId="profile-restart" />
        <AccountLabels labels={draft.accounts} isHere={isHere} fault={faultOf("accounts")} onChange={(accounts) => set({ accounts })} />
        {error && (
          <p className="fault-note" role="alert" data-testid="profile-form-error">
            {error}
          </p>
        )}
        <div className="modal-actions">
          <button type="button" onClick={onLeave} data-testid="profile-back">
            Go back
          </button>
          <button type="submit" className="primary" disabled={busy} data-testid="profile-save">
            Save
          </button>
        </div>
      </form>
    </Modal>
  );
}
