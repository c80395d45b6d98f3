import { type FormEvent, useId } from "react";
import { Choice } from "../../components/Choice";
import { useLive } from "../../live/context";
import { useValue } from "../../lib/value-store";
import { AccountChoice } from "./AccountChoice";
import { InstrumentField } from "./InstrumentField";
import { NumberFields } from "./NumberFields";
import { OutcomeNotes } from "./OutcomeNotes";
import { QuoteStrip } from "./QuoteStrip";
import type { Ticket, TicketState } from "./ticket";

interface Props {
  readonly ticket: Ticket;
  readonly state: TicketState;
}

const SIDES = [
  { value: "buy", label: "Buy", testId: "ticket-side-buy" },
  { value: "sell", label: "Sell", testId: "ticket-side-sell" },
] as const;

export function TicketForm({ ticket, state }: Props) {
  const { draft, instrument, stage } = state;
  const link = useValue(useLive().link);
  const whyId = useId();
  const busy = stage.at === "previewing";
  const refusal =
    link === null || link.state !== "up"
      ? "No preview while the link is not up: the gateway has to say what the order would do."
      : link.readOnly
        ? link.mode === "live"
          ? "Read-only: this version places no orders on a live account."
          : link.says
        : null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!refusal) void ticket.preview();
  };
  return (
    <form className="ticket-form" onSubmit={submit} noValidate>
      <AccountChoice ticket={ticket} state={state} />
      <InstrumentField ticket={ticket} state={state} />
      {instrument && <QuoteStrip instrument={instrument} onPrice={(limitPrice) => ticket.edit({ limitPrice, orderType: "limit" })} />}
      <Choice label="Side" hideLabel options={SIDES} value={draft.side} onChange={(side) => ticket.edit({ side })} />
      <NumberFields ticket={ticket} state={state} />
      <OutcomeNotes ticket={ticket} state={state} />
      <div className="ticket-actions">
        <button type="submit" className="primary" disabled={busy || refusal !== null} aria-describedby={refusal ? whyId : undefined} data-testid="ticket-preview">
          {busy ? "Asking the rules and the gateway…" : "Preview"}
        </button>
        {refusal && (
          <p id={whyId} className="hint block" data-testid="ticket-refusal">
            {refusal}
          </p>
        )}
      </div>
    </form>
  );
}
