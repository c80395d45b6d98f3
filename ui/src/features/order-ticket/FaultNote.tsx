import type { DraftFault, DraftField } from "../../backend/backend";
import type { Ticket, TicketState } from "./ticket";

/** What is wrong with a field: the gateway-side parse of the last preview, or the check as one types. */
export function faultOf({ check, stage, draft }: TicketState, field: DraftField): DraftFault | null {
  const asked = stage.at === "editing" && stage.outcome?.type === "faulty";
  const faults = asked && stage.outcome?.type === "faulty" ? stage.outcome.faults : (check?.faults ?? []);
  const fault = faults.find((candidate) => candidate.field === field);
  if (!fault) return null;
  // An empty field is not nagged about before a preview was asked for.
  const empty: Partial<Record<DraftField, boolean>> = { account: draft.account === "", instrument: draft.conId === null, quantity: draft.quantity === "", limitPrice: draft.limitPrice === "" };
  return asked || !empty[field] ? fault : null;
}

interface Props {
  readonly ticket: Ticket;
  readonly state: TicketState;
  readonly field: DraftField;
}

export function FaultNote({ ticket, state, field }: Props) {
  const fault = faultOf(state, field);
  if (!fault) return null;
  const { mend } = fault;
  return (
    <div className="fault-note" role="alert" data-testid={`ticket-fault-${field}`}>
      <span>{fault.says}</span>
      {mend !== null && (field === "quantity" || field === "limitPrice") && (
        <button type="button" className="mend" onClick={() => ticket.edit({ [field]: mend })} data-testid={`ticket-mend-${field}`}>
          Use {mend}
        </button>
      )}
    </div>
  );
}
