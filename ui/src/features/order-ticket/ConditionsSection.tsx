import type { ConditionInput } from "../../backend/backend";
import { CheckField } from "../../components/CheckField";
import { ConditionLine } from "./ConditionLine";
import type { Ticket, TicketState } from "./ticket";

/** What has to come true before the order works, or cancels it, as sentences. */
export function ConditionsSection({ ticket, state }: { readonly ticket: Ticket; readonly state: TicketState }) {
  const { draft } = state;
  const { conditions } = draft;
  const replace = (at: number, condition: ConditionInput) => ticket.edit({ conditions: conditions.map((one, i) => (i === at ? condition : one)) });
  const add = () => ticket.edit({ conditions: [...conditions, { kind: "price", conId: draft.conId, reaches: "atLeast", value: "", and: true }] });
  return (
    <section className="ticket-section" aria-label="Conditions" data-testid="ticket-conditions">
      {conditions.length > 0 && <p className="label">{draft.conditionsCancel ? "The order is cancelled once" : "The order works once"}</p>}
      <ol className="conditions">
        {conditions.map((condition, i) => (
          <ConditionLine
            // Their order is their only name.
            // oxlint-disable-next-line react/no-array-index-key
            key={`${i} of ${conditions.length}`}
            ticket={ticket}
            state={state}
            at={i}
            condition={condition}
            onChange={(next) => replace(i, next)}
            onRemove={() => ticket.edit({ conditions: conditions.filter((_, other) => other !== i) })}
          />
        ))}
      </ol>
      <button type="button" className="small" onClick={add} data-testid="condition-add">
        {conditions.length === 0 ? "Add a condition" : "Add another"}
      </button>
      {conditions.length > 0 && (
        <>
          <CheckField label="Cancel the order instead" checked={draft.conditionsCancel} onTurn={(conditionsCancel) => ticket.edit({ conditionsCancel })} testId="conditions-cancel" />
          <CheckField label="Count outside regular hours too" checked={draft.conditionsOutsideRth} onTurn={(conditionsOutsideRth) => ticket.edit({ conditionsOutsideRth })} testId="conditions-outside-rth" />
        </>
      )}
    </section>
  );
}
