import type { ReactNode } from "react";
import type { DraftFault, DraftField } from "../../backend/backend";
import { exactly } from "../../lib/format";
import { isPriced, isTyped, textIn, typeInto } from "./fields";
import type { Ticket, TicketState } from "./ticket";

/** What is wrong with a field: the parse of the last preview, or the check as one types. */
export function faultOf({ check, stage, draft }: TicketState, field: DraftField, part: string | null = null): DraftFault | null {
  const asked = stage.at === "editing" && stage.outcome?.type === "faulty";
  const faults = asked && stage.outcome?.type === "faulty" ? stage.outcome.faults : (check?.faults ?? []);
  const fault = faults.find((candidate) => candidate.field === field && (part === null || candidate.part === part));
  if (!fault) return null;
  // An empty field is not nagged about before a preview was asked for.
  return asked || textIn(draft, field, fault.part)?.trim() !== "" ? fault : null;
}

interface Props {
  readonly ticket: Ticket;
  readonly state: TicketState;
  readonly field: DraftField;
  readonly part?: string | null;
}

export function FaultNote({ ticket, state, field, part = null }: Props) {
  const fault = faultOf(state, field, part);
  if (!fault) return null;
  const { mend } = fault;
  const name = part === null ? field : `${field}-${part}`;
  return (
    <div className="fault-note" role="alert" data-testid={`ticket-fault-${name}`}>
      <span>{fault.says}</span>
      {mend !== null && isTyped(field) && (
        <button type="button" className="mend" onClick={() => typeInto(ticket, state.draft, field, mend)} data-testid={`ticket-mend-${name}`}>
          {isPriced(field) ? `Round to ${exactly(mend, state.instrument?.priceDecimals ?? 2)}` : `Use ${mend}`}
        </button>
      )}
    </div>
  );
}

/** The note for a field, or nothing, so that a field without a fault is not marked. */
export function noteOn(ticket: Ticket, state: TicketState, field: DraftField, part: string | null = null): ReactNode {
  return faultOf(state, field, part) && <FaultNote ticket={ticket} state={state} field={field} part={part} />;
}
