import type { AlgoInput, ConditionInput, DraftInput, ExitsInput, HandlingInput, InstrumentView, LegInput, Right } from "../../backend/backend";
import { among, flag, listOf, no, orElse, record, soundly, text, textOrNull, whole } from "../../lib/reading";
import { type Aim, type Aims, AIM_UNITS, BY_PRICE } from "./aims";
import { MOST_LEGS } from "../../lib/combo/known";
import { emptyDraft } from "../../lib/empty-draft";

/** The ticket as it outlives a restart. */
export interface KeptTicket {
  readonly draft: DraftInput;
  readonly instrument: InstrumentView | null;
  readonly aims: Aims;
  /** The working order in words, when the ticket changes one. */
  readonly changing: string | null;
  /** What was on the ticket before a change was begun. */
  readonly aside: KeptTicket | null;
}

export const ORDER_TYPES = [
  "limit", "market", "stop", "stopLimit", "trail", "trailLimit", "marketIfTouched", "limitIfTouched", "marketOnClose", "limitOnClose", "marketOnOpen", "limitOnOpen", "relative", "midprice",
  "pegMid", "marketToLimit",
] as const satisfies readonly DraftInput["orderType"][];
export const TIFS = ["day", "gtc", "gtd", "ioc", "fok", "opg"] as const satisfies readonly DraftInput["tif"][];
export const KINDS = ["stock", "option", "future", "futureOption", "forex", "index", "combo", "other"] as const satisfies readonly InstrumentView["kind"][];
const CONDITIONS = ["price", "time", "volume", "percentChange", "margin", "execution"] as const satisfies readonly ConditionInput["kind"][];

function handling(value: unknown): HandlingInput {
  const it = record(value);
  return {
    outsideRth: flag(it.outsideRth),
    hidden: flag(it.hidden),
    displaySize: text(it.displaySize),
    allOrNone: flag(it.allOrNone),
    minQuantity: text(it.minQuantity),
    ocaGroup: text(it.ocaGroup),
    ocaKind: among(["cancelBlocked", "reduceBlocked", "reduce"], it.ocaKind),
  };
}

function algo(value: unknown): AlgoInput | null {
  if (value === null) return null;
  const { id, params } = record(value);
  return { id: text(id), params: Object.fromEntries(Object.entries(record(params)).map(([tag, typed]) => [tag, text(typed)])) };
}

function conditions(value: unknown): ConditionInput[] {
  return listOf(value, (one) => {
    const it = record(one);
    const conId = it.conId === null ? null : whole(it.conId);
    return { kind: among(CONDITIONS, it.kind), conId, reaches: among(["atLeast", "atMost"], it.reaches), value: text(it.value), and: flag(it.and) };
  });
}

function legs(value: unknown): LegInput[] {
  const all = listOf(value, (one) => {
    const it = record(one);
    return { conId: within(it.conId, MOST_CON_ID), side: among(["buy", "sell"], it.side), ratio: within(it.ratio, MOST_RATIO) };
  });
  return all.length <= MOST_LEGS && new Set(all.map(({ conId }) => conId)).size === all.length ? all : no();
}

const MOST_CON_ID = 2 ** 31 - 1;
const MOST_RATIO = 100;

function within(value: unknown, most: number): number {
  const number = whole(value);
  return number >= 1 && number <= most ? number : no();
}

function exits(value: unknown): ExitsInput | null {
  if (value === null) return null;
  const it = record(value);
  return {
    takeProfit: text(it.takeProfit),
    withStop: flag(it.withStop),
    stopKind: among(["stop", "stopLimit", "trail"], it.stopKind),
    stopPrice: text(it.stopPrice),
    stopLimit: text(it.stopLimit),
    trail: text(it.trail),
    trailUnit: among(["amount", "percent"], it.trailUnit),
    untilCancelled: flag(it.untilCancelled),
  };
}

function draftOf(value: unknown): DraftInput {
  const it = record(value);
  const none = emptyDraft("");
  return {
    intent: text(it.intent),
    changes: orElse(it.changes, null, textOrNull),
    account: text(it.account),
    conId: it.conId === null ? null : whole(it.conId),
    legs: orElse(it.legs, [], legs),
    side: among(["buy", "sell"], it.side),
    quantity: text(it.quantity),
    orderType: among(ORDER_TYPES, it.orderType),
    limitPrice: text(it.limitPrice),
    stopPrice: orElse(it.stopPrice, "", text),
    trail: orElse(it.trail, "", text),
    trailUnit: orElse(it.trailUnit, "amount", (unit) => among(["amount", "percent"], unit)),
    offset: orElse(it.offset, "", text),
    priceCap: orElse(it.priceCap, "", text),
    tif: among(TIFS, it.tif),
    goodTill: orElse(it.goodTill, null, (at) => (at === null ? null : whole(at))),
    handling: orElse(it.handling, none.handling, handling),
    algo: orElse(it.algo, null, algo),
    conditions: orElse(it.conditions, [], conditions),
    conditionsCancel: orElse(it.conditionsCancel, false, flag),
    conditionsOutsideRth: orElse(it.conditionsOutsideRth, false, flag),
    exits: orElse(it.exits, null, exits),
    // What was waived was waived for the price of that moment.
    waivers: none.waivers,
  };
}

function instrumentOf(value: unknown): InstrumentView | null {
  if (value === null) return null;
  const it = record(value);
  return {
    conId: whole(it.conId),
    symbol: text(it.symbol),
    label: text(it.label),
    name: textOrNull(it.name),
    kind: among(KINDS, it.kind),
    exchange: text(it.exchange),
    currency: text(it.currency),
    multiplier: text(it.multiplier),
    tick: textOrNull(it.tick),
    sizeStep: textOrNull(it.sizeStep),
    priceDecimals: whole(it.priceDecimals),
    expiry: orElse(it.expiry, null, textOrNull),
    strike: orElse(it.strike, null, textOrNull),
    right: orElse<Right | null>(it.right, null, (right) => (right === null ? null : among<Right>(["call", "put"], right))),
    adjusted: orElse(it.adjusted, false, flag),
  };
}

export function aim(value: unknown): Aim {
  const it = record(value);
  return { unit: among(AIM_UNITS, it.unit), text: text(it.text) };
}

function aims(value: unknown): Aims {
  const it = record(value);
  return { takeProfit: aim(it.takeProfit), stop: aim(it.stop) };
}

function ticketOf(value: unknown, withAside: boolean): KeptTicket {
  const it = record(value);
  const draft = draftOf(it.draft);
  const kept = orElse(it.instrument, null, instrumentOf);
  const instrument = kept?.conId === draft.conId ? kept : null;
  const changing = orElse(it.changing, null, textOrNull);
  // One instrument or legs: which of the two was meant must not be guessed.
  if (draft.legs.length > 0 && draft.conId !== null) return no();
  // A change without its order, or without what it trades, is none.
  if ((draft.changes === null) !== (changing === null) || (changing !== null && !instrument && draft.legs.length === 0)) return no();
  return {
    draft: instrument ? draft : { ...draft, conId: null },
    instrument,
    aims: orElse(it.aims, BY_PRICE, aims),
    changing,
    aside: withAside ? orElse(it.aside, null, (aside) => (aside === null ? null : ticketOf(aside, false))) : null,
  };
}

/** Reads a kept ticket; null when it is not one: half of a ticket would be another order. */
export function acceptKeptTicket(value: unknown): KeptTicket | null {
  return soundly(value, (it) => ticketOf(it, true));
}

export function freshTicket(account: string): KeptTicket {
  return { draft: emptyDraft(account), instrument: null, aims: BY_PRICE, changing: null, aside: null };
}
