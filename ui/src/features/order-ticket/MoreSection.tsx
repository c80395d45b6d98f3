import type { HandlingInput, OcaKind } from "../../backend/backend";
import { CheckField } from "../../components/CheckField";
import { Field } from "../../components/Field";
import { Pick } from "../../components/Pick";
import { StepField } from "../../components/StepField";
import { FaultNote, noteOn } from "./FaultNote";
import { OCA_WORDS } from "./section-words";
import type { Ticket, TicketState } from "./ticket";

const KINDS: readonly OcaKind[] = ["cancelBlocked", "reduceBlocked", "reduce"];

/** How the order is handled: just what the exchange takes. */
export function MoreSection({ ticket, state }: { readonly ticket: Ticket; readonly state: TicketState }) {
  const { draft, instrument, offer } = state;
  const { handling } = draft;
  const put = (patch: Partial<HandlingInput>) => ticket.edit({ handling: { ...handling, ...patch } });
  const size = { step: instrument?.sizeStep ?? "1", start: instrument?.sizeStep ?? "1", places: 0 };
  return (
    <section className="ticket-section" aria-label="More" data-testid="ticket-more">
      <CheckField label="Also outside regular trading hours" checked={handling.outsideRth} onTurn={(outsideRth) => put({ outsideRth })} testId="more-outside-rth" />
      {offer?.hidden && <CheckField label="Hidden: not shown in the book" checked={handling.hidden} onTurn={(hidden) => put({ hidden })} testId="more-hidden" />}
      {offer?.allOrNone && <CheckField label="All or none" checked={handling.allOrNone} onTurn={(allOrNone) => put({ allOrNone })} testId="more-all-or-none" />}
      <div className="number-fields">
        {offer?.displaySize && (
          <StepField label="Shown size (optional)" value={handling.displaySize} onType={(displaySize) => put({ displaySize })} {...size} fault={noteOn(ticket, state, "displaySize")} testId="more-display-size" />
        )}
        <StepField label="Least fill (optional)" value={handling.minQuantity} onType={(minQuantity) => put({ minQuantity })} {...size} fault={noteOn(ticket, state, "minQuantity")} testId="more-min-quantity" />
      </div>
      {offer?.oca && (
        <Field
          label="One-cancels-all group (optional)"
          value={handling.ocaGroup}
          onChange={(event) => put({ ocaGroup: event.target.value })}
          fault={noteOn(ticket, state, "ocaGroup")}
          testId="more-oca-group"
        />
      )}
      {handling.ocaGroup.trim() !== "" && (
        <Pick
          label="What a fill does to the others of the group"
          options={KINDS.map((kind) => ({ value: kind, label: OCA_WORDS[kind] }))}
          value={handling.ocaKind}
          onChange={(value) => {
            const ocaKind = KINDS.find((kind) => kind === value);
            if (ocaKind) put({ ocaKind });
          }}
          testId="more-oca-kind"
        />
      )}
      <FaultNote ticket={ticket} state={state} field="handling" />
    </section>
  );
}
