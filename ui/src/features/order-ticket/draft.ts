import type { DraftInput, InstrumentView, Side } from "../../backend/backend";
import { isRecord } from "../../lib/kept";

/** The ticket as it outlives a restart. */
export interface KeptTicket {
  readonly draft: DraftInput;
  readonly instrument: InstrumentView | null;
}

/** What a row or the palette fills in when it opens the ticket. */
export interface Prefill {
  readonly account?: string;
  readonly conId: number;
  readonly side?: Side;
  readonly quantity?: string;
}

/** A ticket with nothing on it, and a name for the order that it will become. */
export function emptyDraft(account: string): DraftInput {
  return {
    intent: crypto.randomUUID(),
    account,
    conId: null,
    legs: [],
    side: "buy",
    quantity: "",
    changes: null,
    limitPrice: "",
    stopPrice: "",
    trail: "",
    trailUnit: "amount",
    offset: "",
    priceCap: "",
    orderType: "limit",
    tif: "day",
    goodTill: null,
    handling: { outsideRth: false, hidden: false, displaySize: "", allOrNone: false, minQuantity: "", ocaGroup: "", ocaKind: "cancelBlocked" },
    algo: null,
    conditions: [],
    conditionsCancel: false,
    conditionsOutsideRth: false,
    exits: null,
    waivers: { stalePrice: false },
  };
}

/** Whether anything on it is worth checking or keeping. */
export function isTouched(draft: DraftInput): boolean {
  return draft.conId !== null || draft.quantity !== "" || draft.limitPrice !== "";
}

/** Reads a kept ticket; null when it is not one. */
export function acceptKeptTicket(value: unknown): KeptTicket | null {
  if (!isRecord(value) || !isRecord(value.draft)) return null;
  const { draft } = value;
  const texts = [draft.intent, draft.account, draft.quantity, draft.limitPrice];
  if (!texts.every((text) => typeof text === "string")) return null;
  if (draft.side !== "buy" && draft.side !== "sell") return null;
  if (draft.orderType !== "market" && draft.orderType !== "limit") return null;
  if (draft.tif !== "day" && draft.tif !== "gtc") return null;
  const instrument = isRecord(value.instrument) ? (value.instrument as unknown as InstrumentView) : null;
  const conId = typeof draft.conId === "number" && instrument?.conId === draft.conId ? draft.conId : null;
  // What was waived was waived for the price of that moment.
  const kept = { ...emptyDraft(""), ...(draft as unknown as DraftInput), conId, waivers: { stalePrice: false } };
  return { draft: kept, instrument: conId === null ? null : instrument };
}
