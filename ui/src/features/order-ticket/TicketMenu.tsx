import { useState } from "react";
import { PresetsDialog } from "./PresetsDialog";
import type { Ticket, TicketState } from "./ticket";

/** What stands in the ticket's head: presets, a new ticket, or the way out of a change. */
export function TicketMenu({ ticket, state }: { readonly ticket: Ticket; readonly state: TicketState }) {
  const [presets, setPresets] = useState(false);
  if (state.changing !== null) {
    return (
      <button type="button" className="quiet" onClick={() => ticket.leaveChange()} data-testid="ticket-leave-change">
        Leave change
      </button>
    );
  }
  return (
    <div>
      {state.stage.at === "editing" && (
        <button type="button" className="quiet" onClick={() => setPresets(true)} data-testid="ticket-presets">
          Presets
        </button>
      )}
      <button type="button" className="quiet" onClick={() => ticket.clear()} data-testid="ticket-clear">
        New
      </button>
      {presets && <PresetsDialog ticket={ticket} state={state} onLeave={() => setPresets(false)} />}
    </div>
  );
}
