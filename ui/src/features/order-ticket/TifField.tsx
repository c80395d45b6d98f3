import type { TifChoice } from "../../backend/backend";
import { MomentField } from "../../components/MomentField";
import { Pick } from "../../components/Pick";
import { tifWords } from "../../lib/words";
import { FaultNote, noteOn } from "./FaultNote";
import { tifsOf } from "./offered";
import type { Ticket, TicketState } from "./ticket";

/** How long the order stands: what both its type and the contract take. */
export function TifField({ ticket, state }: { readonly ticket: Ticket; readonly state: TicketState }) {
  const { draft, catalogue, offer } = state;
  const offered = catalogue ? tifsOf({ catalogue, offer }, draft) : [];
  const tifs = offered.includes(draft.tif) ? offered : [...offered, draft.tif];
  const words = (tif: TifChoice): string => catalogue?.tifs.find((view) => view.tif === tif)?.words ?? tifWords(tif);
  return (
    <>
      <div className="field">
        <span className="label">Stands</span>
        <Pick
          label="How long the order stands"
          options={tifs.map((tif) => ({ value: tif, label: words(tif) }))}
          value={draft.tif}
          onChange={(value) => {
            const tif = tifs.find((one) => one === value);
            if (tif) ticket.edit({ tif, goodTill: tif === "gtd" ? draft.goodTill : null });
          }}
          testId="ticket-tif"
        />
        <FaultNote ticket={ticket} state={state} field="timeInForce" />
      </div>
      {draft.tif === "gtd" && (
        <MomentField label="Until" at={draft.goodTill} onMoment={(goodTill) => ticket.edit({ goodTill })} fault={noteOn(ticket, state, "goodTill")} testId="ticket-good-till" />
      )}
    </>
  );
}
