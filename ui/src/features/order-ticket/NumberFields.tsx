import { Choice } from "../../components/Choice";
import { Field } from "../../components/Field";
import { FaultNote, faultOf } from "./FaultNote";
import type { Ticket, TicketState } from "./ticket";

const TYPES = [
  { value: "limit", label: "Limit", testId: "ticket-type-limit" },
  { value: "market", label: "Market", testId: "ticket-type-market" },
] as const;

const TIFS = [
  { value: "day", label: "Day", testId: "ticket-tif-day" },
  { value: "gtc", label: "GTC", testId: "ticket-tif-gtc" },
] as const;

/** Quantity, type, limit price and how long. What is typed goes to the program as typed. */
export function NumberFields({ ticket, state }: { readonly ticket: Ticket; readonly state: TicketState }) {
  const { draft, instrument } = state;
  const note = (field: "quantity" | "limitPrice") => faultOf(state, field) && <FaultNote ticket={ticket} state={state} field={field} />;
  return (
    <div className="number-fields">
      <Field
        label="Quantity"
        hint={instrument?.kind === "stock" ? "shares" : undefined}
        inputMode="decimal"
        value={draft.quantity}
        onChange={(event) => ticket.edit({ quantity: event.target.value })}
        fault={note("quantity")}
        testId="ticket-quantity"
      />
      <Field
        label="Limit price"
        hint={instrument?.currency}
        inputMode="decimal"
        value={draft.orderType === "market" ? "" : draft.limitPrice}
        placeholder={draft.orderType === "market" ? "none: at market" : ""}
        disabled={draft.orderType === "market"}
        onChange={(event) => ticket.edit({ limitPrice: event.target.value })}
        fault={note("limitPrice")}
        testId="ticket-limit"
      />
      <Choice label="Type" options={TYPES} value={draft.orderType} onChange={(orderType) => ticket.edit({ orderType })} testId="ticket-type" />
      <Choice label="Stands until" options={TIFS} value={draft.tif} onChange={(tif) => ticket.edit({ tif })} testId="ticket-tif" />
    </div>
  );
}
