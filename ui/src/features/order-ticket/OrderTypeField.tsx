import { useId } from "react";
import type { OrderType } from "../../backend/backend";
import { Pick } from "../../components/Pick";
import { FaultNote } from "./FaultNote";
import { typeOf, typesOf } from "./offered";
import type { Ticket, TicketState } from "./ticket";

/** The order types that the chosen instrument takes; before one is chosen, limit and market. */
export function OrderTypeField({ ticket, state }: { readonly ticket: Ticket; readonly state: TicketState }) {
  const id = useId();
  const { draft, catalogue, offer } = state;
  const choices = catalogue && { catalogue, offer };
  const offered = choices ? typesOf(choices) : [];
  const chosen = choices && typeOf(choices, draft.orderType);
  // What was chosen for the instrument before stays in sight until another one says otherwise.
  const types = chosen && !offered.includes(chosen) ? [...offered, chosen] : offered;
  const options = types.map(({ orderType, name, code, says }) => ({ value: orderType, label: name, hint: code, tip: says }));
  const plain = draft.orderType === "market" ? "Market" : "Limit";
  const orderTypeOf = (value: string): OrderType | undefined => types.find(({ orderType }) => orderType === value)?.orderType;
  return (
    <div className="field">
      <span className="label" id={id}>
        Type
      </span>
      <Pick
        label="Order type"
        options={options.length > 0 ? options : [{ value: draft.orderType, label: plain }]}
        value={draft.orderType}
        onChange={(value) => {
          const orderType = orderTypeOf(value);
          if (orderType) ticket.edit({ orderType });
        }}
        testId="ticket-type"
      />
      <FaultNote ticket={ticket} state={state} field="orderType" />
    </div>
  );
}
