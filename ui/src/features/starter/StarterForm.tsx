import { useState } from "react";
import type { StarterDraft, StarterFault, StarterField, StarterView } from "../../backend/backend";
import { Choice } from "../../components/Choice";
import { Field } from "../../components/Field";
import { Modal } from "../../components/Modal";
import { useFaultFocus } from "../../lib/fault-focus";

interface Props {
  readonly draft: StarterDraft;
  readonly view: StarterView;
  readonly busy: boolean;
  readonly error: string | null;
  readonly onSave: (draft: StarterDraft) => Promise<readonly StarterFault[] | null>;
  readonly onLeave: () => void;
}

const MODES = [
  { value: "paper", label: "Paper", testId: "starter-mode-paper" },
  { value: "live", label: "Live", testId: "starter-mode-live" },
] as const;
const READ_ONLY = [
  { value: "leave", label: "As it is", testId: "starter-read-only-leave" },
  { value: "yes", label: "Read-only", testId: "starter-read-only-yes" },
  { value: "no", label: "Takes orders", testId: "starter-read-only-no" },
] as const;
const ACCEPTS = [
  { value: "manual", label: "Asks you", testId: "starter-accepts-manual" },
  { value: "accept", label: "Lets in", testId: "starter-accepts-accept" },
  { value: "reject", label: "Refuses", testId: "starter-accepts-reject" },
] as const;

/** What is set of IBC. No password is asked here. */
export function StarterForm({ draft: begun, view, busy, error, onSave, onLeave }: Props) {
  const [draft, setDraft] = useState(begun);
  const [faults, setFaults] = useState<readonly StarterFault[]>([]);
  const form = useFaultFocus<HTMLFormElement>(faults);
  const faultOf = (field: StarterField) => {
    const says = faults.find((fault) => fault.field === field)?.says;
    return says && <span className="fault-note">{says}</span>;
  };
  const set = (patch: Partial<StarterDraft>) => setDraft((now) => ({ ...now, ...patch }));
  const save = async () => {
    const found = await onSave(draft);
    if (found?.length === 0) onLeave();
    else setFaults(found ?? []);
  };
  return (
    <Modal open onLeave={onLeave} title="Start IB Gateway through IBC" testId="starter-form">
      <form
        ref={form}
        className="profile-form"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <Choice label="Login" options={MODES} value={draft.mode} onChange={(mode) => set({ mode })} testId="starter-mode" />
        <Field label="User name" hint="left empty, you type it into IB Gateway" value={draft.login} onChange={(event) => set({ login: event.target.value })} fault={faultOf("login")} testId="starter-login" />
        <Choice label="The gateway's API" options={READ_ONLY} value={draft.readOnly} onChange={(readOnly) => set({ readOnly })} testId="starter-read-only" />
        <Choice label="A program that connects from elsewhere" options={ACCEPTS} value={draft.accepts} onChange={(accepts) => set({ accepts })} testId="starter-accepts" />
        {draft.accepts === "accept" && <p className="setting-note">Then nobody is asked: every program that reaches the port can trade. “Refuses” is the safest; programs on this computer are trusted in the gateway's settings.</p>}
        <Field label="Socket port" hint="4002 for paper, 4001 for live; left empty, as it is" value={draft.port} onChange={(event) => set({ port: event.target.value })} fault={faultOf("port")} inputMode="numeric" testId="starter-port" />
        <Field label="Daily restart" hint="such as 23:45; left empty, as it is" value={draft.restartAt} onChange={(event) => set({ restartAt: event.target.value })} fault={faultOf("restartAt")} testId="starter-restart" />
        <Field label="IBC's command port" hint="such as 7462; left empty, none" value={draft.commandPort} onChange={(event) => set({ commandPort: event.target.value })} fault={faultOf("commandPort")} inputMode="numeric" testId="starter-command-port" />
        <Field label="IBC's folder" hint={view.ibcs[0] ? "left empty, the one that was found" : "the one with scripts in it"} placeholder={view.ibcs[0]?.folder ?? "/opt/ibc"} value={draft.ibc} onChange={(event) => set({ ibc: event.target.value })} fault={faultOf("ibc")} testId="starter-ibc" />
        <Field label="IBC's settings file" hint="left empty, the usual one" placeholder={view.usualConfig} value={draft.config} onChange={(event) => set({ config: event.target.value })} fault={faultOf("config")} testId="starter-config-file" />
        {faultOf("gateway")}
        {error && (
          <p className="fault-note" role="alert" data-testid="starter-form-error">
            {error}
          </p>
        )}
        <div className="modal-actions">
          <button type="button" onClick={onLeave} data-testid="starter-back">
            Go back
          </button>
          <button type="submit" className="primary" disabled={busy} data-testid="starter-save">
            Save
          </button>
        </div>
      </form>
    </Modal>
  );
}
