import type { DraftField, DraftInput, FieldNeed, OrderType } from "../../backend/backend";
import { StepField } from "../../components/StepField";
import { useLive, usePart } from "../../live/context";
import { noteOn } from "./FaultNote";
import { typeInto } from "./fields";
import type { Ticket, TicketState } from "./ticket";
import { UnitToggle } from "./UnitToggle";

type Name = DraftField & ("limitPrice" | "stopPrice" | "trail" | "offset" | "priceCap");
const NAMES: Record<FieldNeed["field"], { readonly name: Name; readonly testId: string }> = {
  limit: { name: "limitPrice", testId: "ticket-limit" },
  stop: { name: "stopPrice", testId: "ticket-stop" },
  trail: { name: "trail", testId: "ticket-trail" },
  offset: { name: "offset", testId: "ticket-offset" },
  cap: { name: "priceCap", testId: "ticket-cap" },
};

function labelOf({ field, optional }: FieldNeed, orderType: OrderType): string {
  const touched = orderType === "marketIfTouched" || orderType === "limitIfTouched";
  const trails = orderType === "trail" || orderType === "trailLimit";
  const label = { limit: "Limit price", stop: touched ? "Trigger price" : trails ? "First stop" : "Stop price", trail: "Trails by", offset: trails ? "Limit offset" : "Offset", cap: "Price cap" }[field];
  return optional ? `${label} (optional)` : label;
}

interface Props {
  readonly ticket: Ticket;
  readonly state: TicketState;
  readonly need: FieldNeed;
}

/** One price of the order type, stepped by the instrument's tick. */
export function PriceField({ ticket, state, need }: Props) {
  const { draft, instrument } = state;
  const { name, testId } = NAMES[need.field];
  const isPrice = need.field === "limit" || need.field === "stop" || need.field === "cap";
  const percent = name === "trail" && draft.trailUnit === "percent";
  const near = useNear(state, draft.side);
  const turn = (trailUnit: DraftInput["trailUnit"]) => ticket.edit({ trailUnit, trail: "" });
  return (
    <StepField
      label={labelOf(need, draft.orderType)}
      hint={name === "trail" ? undefined : instrument?.currency}
      aside={name === "trail" && <UnitToggle unit={draft.trailUnit} onTurn={turn} what="Trailing distance" currency={instrument?.currency ?? null} testId="ticket-trail-unit" />}
      value={draft[name]}
      onType={(text) => typeInto(ticket, draft, name, text)}
      step={percent ? "0.1" : (instrument?.tick ?? null)}
      start={isPrice ? near : percent ? "1.0" : (instrument?.tick ?? null)}
      places={percent ? 1 : (instrument?.priceDecimals ?? 2)}
      fault={noteOn(ticket, state, name)}
      testId={testId}
    />
  );
}

/** The price that an empty field steps to first: where the order would fill now. */
function useNear({ instrument }: TicketState, side: DraftInput["side"]): string | null {
  return usePart(useLive().quotes, String(instrument?.conId ?? 0), (quote) => (side === "buy" ? quote?.ask.value : quote?.bid.value) ?? null);
}
