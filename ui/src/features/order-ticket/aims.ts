import type { DraftInput, InstrumentView, OrderType, QuoteView, Side } from "../../backend/backend";
import { compare, HUNDRED, isPositive, magnitude, minus, nearest, negated, over, plus, textOf, times, typed } from "../../lib/arithmetic";
import { type Decimal, parseDecimal } from "../../lib/decimal";

/** How an exit's price is typed: as it is, or by its distance from the entry. `r` is the risk, entry to stop. */
export const AIM_UNITS = ["price", "percent", "ticks", "r"] as const;
export type AimUnit = (typeof AIM_UNITS)[number];

export interface Aim {
  readonly unit: AimUnit;
  /** As typed. Not read when the unit is the price: then the draft holds it. */
  readonly text: string;
}

export interface Aims {
  readonly takeProfit: Aim;
  readonly stop: Aim;
}

export const BY_PRICE: Aims = { takeProfit: { unit: "price", text: "" }, stop: { unit: "price", text: "" } };

const STOPS: readonly OrderType[] = ["stop", "marketIfTouched", "trail", "trailLimit"];
const LIMITS: readonly OrderType[] = ["limit", "stopLimit", "limitIfTouched", "limitOnClose", "limitOnOpen"];

/** The price at which the draft itself says that it enters; null when only the market knows. */
export function typedEntry(draft: Pick<DraftInput, "orderType" | "limitPrice" | "stopPrice">): Decimal | null {
  const text = LIMITS.includes(draft.orderType) ? draft.limitPrice : STOPS.includes(draft.orderType) ? draft.stopPrice : "";
  const price = typed(text);
  return price && isPositive(price) ? price : null;
}

/** Where the draft enters: at its own price, else at what the market asks for it now. */
export function entryOf(draft: DraftInput, quote: QuoteView | undefined): Decimal | null {
  const own = typedEntry(draft);
  if (own) return own;
  const seen = (draft.side === "buy" ? quote?.ask.value : quote?.bid.value) ?? quote?.last.value ?? null;
  const price = seen === null ? null : parseDecimal(seen);
  return price && isPositive(price) ? price : null;
}

/** +1 when the entry buys, so that a profit lies above. */
export function away(side: Side, distance: Decimal): Decimal {
  return side === "buy" ? distance : negated(distance);
}

export function stepOf(instrument: Pick<InstrumentView, "tick"> | null): Decimal | null {
  const tick = instrument?.tick ? parseDecimal(instrument.tick) : null;
  return tick && isPositive(tick) ? tick : null;
}

/** How far the stop lies from the entry; null without a stop that can be read, or with one on the wrong side. */
export function riskOf(draft: DraftInput, entry: Decimal): Decimal | null {
  const { exits, side } = draft;
  if (!exits?.withStop) return null;
  if (exits.stopKind === "trail") {
    const distance = typed(exits.trail);
    if (!distance || !isPositive(distance)) return null;
    return exits.trailUnit === "amount" ? distance : percentOf(entry, distance);
  }
  const stop = typed(exits.stopPrice);
  if (!stop) return null;
  const risk = away(side, minus(entry, stop));
  return isPositive(risk) ? risk : null;
}

export function percentOf(of: Decimal, percent: Decimal): Decimal {
  const { units, scale } = times(of, percent);
  return { units, scale: scale + 2 };
}

/** What a distance from the entry comes to, for a profit (`+1`) or a stop (`-1`), on the instrument's steps; empty when it can't be said. */
export function aimedPrice(aim: Aim, toward: 1 | -1, draft: DraftInput, entry: Decimal | null, instrument: InstrumentView | null): string {
  const number = typed(aim.text);
  const tick = stepOf(instrument);
  if (!number || !entry || !instrument || !isPositive(number)) return "";
  const distance = distanceOf(aim.unit, number, draft, entry, tick);
  if (!distance) return "";
  const ahead = away(draft.side, distance);
  const exact = plus(entry, toward === 1 ? ahead : negated(ahead));
  const price = tick ? nearest(exact, tick) : exact;
  return isPositive(price) ? textOf(price, instrument.priceDecimals) : "";
}

function distanceOf(unit: AimUnit, number: Decimal, draft: DraftInput, entry: Decimal, tick: Decimal | null): Decimal | null {
  switch (unit) {
    case "price":
      return null;
    case "percent":
      return percentOf(entry, number);
    case "ticks":
      return tick && times(number, tick);
    case "r": {
      const risk = riskOf(draft, entry);
      return risk && times(number, risk);
    }
  }
}

/** The draft with its exits where the aims put them. What is typed as a price stays as typed. */
export function aimed(draft: DraftInput, aims: Aims, entry: Decimal | null, instrument: InstrumentView | null): DraftInput {
  if (!draft.exits) return draft;
  let next = draft;
  const put = (patch: Partial<NonNullable<DraftInput["exits"]>>) => {
    next = { ...next, exits: { ...(next.exits ?? NO_EXITS), ...patch } };
  };
  // The stop first: the profit may be a multiple of its risk.
  if (aims.stop.unit !== "price" && draft.exits.withStop && draft.exits.stopKind !== "trail") put({ stopPrice: aimedPrice(aims.stop, -1, next, entry, instrument) });
  if (aims.takeProfit.unit !== "price") put({ takeProfit: aimedPrice(aims.takeProfit, 1, next, entry, instrument) });
  return next;
}

export const NO_EXITS: NonNullable<DraftInput["exits"]> = {
  takeProfit: "",
  withStop: true,
  stopKind: "stop",
  stopPrice: "",
  stopLimit: "",
  trail: "",
  trailUnit: "amount",
  untilCancelled: true,
};

/** Where a trailing stop stands at first. */
export function stopLevel(draft: DraftInput, entry: Decimal): Decimal | null {
  const { exits } = draft;
  if (!exits?.withStop) return null;
  if (exits.stopKind !== "trail") {
    const stop = typed(exits.stopPrice);
    return stop && isPositive(stop) ? stop : null;
  }
  const risk = riskOf(draft, entry);
  return risk && minus(entry, away(draft.side, risk));
}

/** How far a price is from the entry, in percent with two places. */
export function percentAway(entry: Decimal, price: Decimal): string | null {
  const distance = magnitude(minus(price, entry));
  if (!isPositive(entry)) return null;
  const { units, scale } = times(distance, HUNDRED);
  const [up, down] = [units * 10n ** BigInt(entry.scale), entry.units * 10n ** BigInt(scale)];
  const hundredths = (up * 100n * 2n + down) / (down * 2n);
  return textOf({ units: hundredths, scale: 2 });
}

/** The aim that says in another unit where the exit lies now; to the nearest hundredth of percents and multiples. */
export function steady(leg: keyof Aims, unit: AimUnit, draft: DraftInput, entry: Decimal | null, instrument: InstrumentView | null): Aim {
  const price = typed((leg === "stop" ? draft.exits?.stopPrice : draft.exits?.takeProfit) ?? "");
  const none = { unit, text: "" };
  if (unit === "price" || !price || !entry) return none;
  if (unit === "percent") return { unit, text: percentAway(entry, price) ?? "" };
  const per = unit === "ticks" ? stepOf(instrument) : riskOf(draft, entry);
  const hundred = per && over(times(magnitude(minus(price, entry)), HUNDRED), per, 0);
  return hundred ? { unit, text: textOf({ units: hundred.units, scale: 2 }) } : none;
}

/** Whether both lie where a bracket has them: profit beyond the entry, stop before it. */
export function isBeyond(side: Side, price: Decimal, entry: Decimal): boolean {
  return compare(price, entry) === (side === "buy" ? 1 : -1);
}
