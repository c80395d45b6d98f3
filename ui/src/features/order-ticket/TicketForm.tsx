import { type FormEvent, useCallback } from "react";
import type { DraftInput } from "../../backend/backend";
import { Choice } from "../../components/Choice";
import { ReadOnlySteps } from "../../components/ReadOnlySteps";
import { useLive } from "../../live/context";
import { useValue } from "../../lib/value-store";
import { AccountChoice } from "./AccountChoice";
import { ComboField } from "./combo/ComboField";
import { InstrumentField } from "./InstrumentField";
import { NumberFields } from "./NumberFields";
import { takes, typeOf } from "./offered";
import { OutcomeNotes } from "./OutcomeNotes";
import { QuoteStrip } from "./QuoteStrip";
import { Sections } from "./Sections";
import type { Ticket, TicketState } from "./ticket";
import { TicketActions } from "./TicketActions";

interface Props {
  readonly ticket: Ticket;
  readonly state: TicketState;
  readonly onShowOptions: (conId: number) => void;
}

const SIDES = [
  { value: "buy", label: "Buy", testId: "ticket-side-buy" },
  { value: "sell", label: "Sell", testId: "ticket-side-sell" },
] as const;

// A combination is bought by paying for it.
const NET_SIDES = [
  { value: "buy", label: "You pay", testId: "ticket-side-buy" },
  { value: "sell", label: "You receive", testId: "ticket-side-sell" },
] as const;

export function TicketForm({ ticket, state, onShowOptions }: Props) {
  const { draft, instrument } = state;
  const link = useValue(useLive().link);
  const looks = link?.profile?.readOnly ?? false;
  const refusal =
    link === null || link.state !== "up"
      ? "No preview while the link is not up: the gateway has to say what the order would do."
      : looks
        ? `“${link.profile?.name ?? ""}” only looks: no order goes out under it. That is set in Settings, under Connections.`
        : link.readOnly
          ? link.mode === "live"
            ? "Live orders are off. Turn them on with the LIVE button at the top."
            : link.says
          : null;
  const recheck = useCallback(() => ticket.recheck(), [ticket]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!refusal) void ticket.preview();
  };
  return (
    <form className="ticket-form" onSubmit={submit} noValidate>
      {state.changing !== null && (
        <p className="change-head" data-testid="ticket-changing">
          <span className="label">The order as it stands</span>
          <strong>{state.changing}</strong>
        </p>
      )}
      {state.changing === null && <AccountChoice ticket={ticket} state={state} />}
      <ComboField key={draft.intent} ticket={ticket} state={state}>
        <InstrumentField ticket={ticket} state={state} onShowOptions={onShowOptions} />
        {instrument && <QuoteStrip instrument={instrument} onTold={recheck} onPrice={(price) => ticket.edit(pricedAt(price, state))} />}
      </ComboField>
      {state.changing === null && <Choice label="Side" hideLabel options={draft.legs.length > 0 ? NET_SIDES : SIDES} value={draft.side} onChange={(side) => ticket.edit({ side })} />}
      <NumberFields key={`numbers-${draft.intent}`} ticket={ticket} state={state} />
      <Sections ticket={ticket} state={state} />
      <OutcomeNotes ticket={ticket} state={state} />
      <TicketActions ticket={ticket} state={state} refusal={refusal} />
      {link?.state === "up" && link.readOnly && !looks && link.mode !== "live" && <ReadOnlySteps testId="ticket-read-only-steps" />}
    </form>
  );
}

/** A price that was clicked on goes where the order type takes one; a type without a price becomes a limit order. */
function pricedAt(price: string, { draft, catalogue, offer }: TicketState): Partial<DraftInput> {
  const type = catalogue && typeOf({ catalogue, offer }, draft.orderType);
  if (takes(type, "limit")) return { limitPrice: price };
  return takes(type, "stop") ? { stopPrice: price } : { limitPrice: price, orderType: "limit" };
}
