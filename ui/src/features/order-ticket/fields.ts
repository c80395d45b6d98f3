import type { DraftField, DraftInput } from "../../backend/backend";
import type { Ticket } from "./ticket";

/** What stands in a field that is typed into; null for one that is chosen. `part` tells parameters and conditions apart. */
export function textIn(draft: DraftInput, field: DraftField, part: string | null): string | null {
  switch (field) {
    case "account":
      return draft.account;
    case "instrument":
      return draft.conId === null ? "" : String(draft.conId);
    case "quantity":
    case "limitPrice":
    case "stopPrice":
    case "trail":
    case "offset":
    case "priceCap":
      return draft[field];
    case "goodTill":
      return draft.goodTill === null ? "" : String(draft.goodTill);
    case "displaySize":
    case "minQuantity":
    case "ocaGroup":
      return draft.handling[field];
    case "takeProfit":
      return draft.exits?.takeProfit ?? "";
    case "exitStop":
      return draft.exits?.stopPrice ?? "";
    case "exitStopLimit":
      return draft.exits?.stopLimit ?? "";
    case "exitTrail":
      return draft.exits?.trail ?? "";
    case "algo":
      return part === null ? null : (draft.algo?.params[part] ?? "");
    case "condition": {
      const condition = part === null ? undefined : draft.conditions[Number(part)];
      return condition === undefined ? null : condition.kind === "execution" ? String(condition.conId ?? "") : condition.value;
    }
    default:
      return null;
  }
}

/** Types into a field; what is chosen rather than typed is left alone. */
export function typeInto(ticket: Ticket, draft: DraftInput, field: DraftField, text: string): void {
  switch (field) {
    case "quantity":
    case "limitPrice":
    case "stopPrice":
    case "trail":
    case "offset":
    case "priceCap":
      return ticket.edit({ [field]: text });
    case "displaySize":
    case "minQuantity":
    case "ocaGroup":
      return ticket.edit({ handling: { ...draft.handling, [field]: text } });
    case "takeProfit":
      return ticket.placeExit("takeProfit", { takeProfit: text });
    case "exitStop":
      return ticket.placeExit("stop", { stopPrice: text });
    case "exitStopLimit":
      return draft.exits ? ticket.edit({ exits: { ...draft.exits, stopLimit: text } }) : undefined;
    case "exitTrail":
      return draft.exits ? ticket.edit({ exits: { ...draft.exits, trail: text } }) : undefined;
    default:
      return undefined;
  }
}

/** Whether a mend can be typed into it. */
export function isTyped(field: DraftField): boolean {
  return TYPED.includes(field);
}

/** Whether it holds a price, which is mended by rounding it to the market's step. */
export function isPriced(field: DraftField): boolean {
  return PRICED.includes(field);
}

const PRICED: readonly DraftField[] = ["limitPrice", "stopPrice", "trail", "offset", "priceCap", "takeProfit", "exitStop", "exitStopLimit", "exitTrail"];

const TYPED: readonly DraftField[] = [
  "quantity", "limitPrice", "stopPrice", "trail", "offset", "priceCap", "displaySize", "minQuantity", "ocaGroup", "takeProfit", "exitStop", "exitStopLimit", "exitTrail",
];
