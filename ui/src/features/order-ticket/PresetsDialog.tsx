import { type FormEvent, useState } from "react";
import { Field } from "../../components/Field";
import { Modal } from "../../components/Modal";
import { useLive } from "../../live/context";
import { securityKindWords } from "../../lib/words";
import { useValue } from "../../lib/value-store";
import { entryOf } from "./aims";
import { PresetLine } from "./PresetLine";
import { keyOf, type PresetFor, presetOf } from "./presets";
import type { Ticket, TicketState } from "./ticket";

interface Props {
  readonly ticket: Ticket;
  readonly state: TicketState;
  readonly onLeave: () => void;
}

/** Sizes, types and brackets to begin with: by instrument, by kind, and by names of one's own. */
export function PresetsDialog({ ticket, state, onLeave }: Props) {
  const { draft, aims, instrument } = state;
  const { quotes } = useLive();
  const list = useValue(ticket.presets.list);
  const [name, setName] = useState("");
  const save = (on: PresetFor) => {
    const entry = entryOf(draft, quotes.get(String(instrument?.conId ?? 0)));
    ticket.presets.save(on, presetOf(draft, aims, entry, instrument));
  };
  const saveTemplate = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() === "") return;
    save({ of: "template", name: name.trim() });
    setName("");
  };
  return (
    <Modal open onLeave={onLeave} title="Presets" testId="presets-dialog">
      {list.length === 0 ? (
        <p className="hint block">None yet. A preset holds size, order type, time in force and the distances of a bracket. One for an instrument or a kind fills in a new ticket by itself.</p>
      ) : (
        <ul className="presets">
          {list.map((kept) => (
            <PresetLine
              key={keyOf(kept.on)}
              kept={kept}
              catalogue={state.catalogue}
              onUse={() => {
                ticket.applyPreset(kept.preset);
                onLeave();
              }}
              onRemove={() => ticket.presets.remove(kept.on)}
            />
          ))}
        </ul>
      )}
      {instrument && (
        <div className="row">
          <button type="button" className="small" onClick={() => save({ of: "symbol", conId: instrument.conId, label: instrument.label })} data-testid="preset-save-symbol">
            Keep this ticket&rsquo;s for {instrument.label}
          </button>
          <button type="button" className="small" onClick={() => save({ of: "kind", kind: instrument.kind })} data-testid="preset-save-kind">
            Keep it for every instrument of the kind {securityKindWords(instrument.kind)}
          </button>
        </div>
      )}
      <form className="row" onSubmit={saveTemplate}>
        <Field label="Keep it by a name" value={name} onChange={(event) => setName(event.target.value)} testId="preset-name" />
        <button type="submit" className="small" disabled={name.trim() === ""} data-testid="preset-save-template">
          Keep
        </button>
      </form>
      <div className="modal-actions">
        <button type="button" onClick={onLeave} data-testid="presets-close">
          Close
        </button>
      </div>
    </Modal>
  );
}
