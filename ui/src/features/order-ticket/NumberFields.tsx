import { useState } from "react";
import { StepField } from "../../components/StepField";
import { noteOn } from "./FaultNote";
import { typeOf } from "./offered";
import { OrderTypeField } from "./OrderTypeField";
import { PriceField } from "./PriceField";
import { SizeCalculator } from "./SizeCalculator";
import type { Ticket, TicketState } from "./ticket";
import { TifField } from "./TifField";

/** Quantity, type, its prices and how long. What is typed goes to the program as typed. */
export function NumberFields({ ticket, state }: { readonly ticket: Ticket; readonly state: TicketState }) {
  const { draft, instrument, catalogue, offer, notes } = state;
  const [reckons, setReckons] = useState(false);
  const type = catalogue && typeOf({ catalogue, offer }, draft.orderType);
  const fields = type?.fields ?? (draft.orderType === "limit" ? [{ field: "limit" as const, optional: false }] : []);
  return (
    <div className="number-fields">
      <StepField
        label="Quantity"
        hint={instrument?.kind === "stock" ? "shares" : undefined}
        aside={
          <button type="button" className="small unit" aria-expanded={reckons} aria-label="Reckon the quantity" data-tip="Reckon the quantity from money, a share of the account, or risk" onClick={() => setReckons(!reckons)} data-testid="size-open">
            =
          </button>
        }
        value={draft.quantity}
        onType={(quantity) => ticket.edit({ quantity })}
        step={instrument?.sizeStep ?? null}
        start={instrument?.sizeStep ?? null}
        places={0}
        fault={noteOn(ticket, state, "quantity")}
        testId="ticket-quantity"
      />
      <OrderTypeField ticket={ticket} state={state} />
      {reckons && <SizeCalculator ticket={ticket} state={state} onDone={() => setReckons(false)} />}
      {fields.map((need) => (
        <PriceField key={need.field} ticket={ticket} state={state} need={need} />
      ))}
      <TifField ticket={ticket} state={state} />
      {type && (
        <p className="hint block wide" data-testid="ticket-type-says">
          {type.says}
        </p>
      )}
      {notes.length > 0 && (
        <ul className="warnings wide" role="status" data-testid="ticket-notes">
          {notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
    </div>
  );
}
