// Where the money is among the strikes.
import type { Figure, QuoteView } from "../../backend/backend";
import { compare, magnitude, minus, plus, textOf, times } from "../../lib/arithmetic";
import { worse } from "../../lib/combo/net";
import { type Decimal, parseDecimal } from "../../lib/decimal";

const HALF: Decimal = { units: 5n, scale: 1 };
/** No figure. */
export const NONE: Figure = { value: null, at: null, source: null };

/** Halfway between bid and ask, as old and as good as the worse of them. */
export function midFigure(bid: Figure | undefined, ask: Figure | undefined): Figure {
  const low = bid?.value ? parseDecimal(bid.value) : null;
  const high = ask?.value ? parseDecimal(ask.value) : null;
  if (!bid || !ask || !low || !high) return NONE;
  const at = bid.at !== null && ask.at !== null ? Math.min(bid.at, ask.at) : (bid.at ?? ask.at);
  return { value: textOf(times(plus(low, high), HALF)), at, source: worse(bid.source, ask.source) };
}

/** The price of an underlying: its last trade, else halfway, else the last close. */
export function spotOf(quote: Pick<QuoteView, "bid" | "ask" | "last" | "close"> | undefined): Figure {
  if (!quote) return NONE;
  return [quote.last, midFigure(quote.bid, quote.ask), quote.close].find(({ value }) => value !== null && parseDecimal(value) !== null) ?? NONE;
}

/** Where the spot lies among strikes in rising order. */
export interface Money {
  /** How many strikes are below it. */
  readonly below: number;
  /** How many are at it or below. */
  readonly upTo: number;
  /** The strike nearest to it. */
  readonly nearest: number;
}

export function moneyOf(strikes: readonly Decimal[], spot: Figure): Money | null {
  const price = spot.value === null ? null : parseDecimal(spot.value);
  if (!price || strikes.length === 0) return null;
  let [below, upTo, nearest] = [0, 0, 0];
  let least: Decimal | null = null;
  for (const [i, strike] of strikes.entries()) {
    const order = compare(strike, price);
    if (order < 0) below += 1;
    if (order <= 0) upTo += 1;
    const away = magnitude(minus(strike, price));
    if (least === null || compare(away, least) < 0) [least, nearest] = [away, i];
  }
  return { below, upTo, nearest };
}

/** The rows from `first` to before `end` about a row, so many in all; all of them when there are no more. */
export function about(row: number, count: number, rows: number): readonly [first: number, end: number] {
  const first = Math.max(0, Math.min(rows - count, row - Math.floor((count - 1) / 2)));
  return [first, Math.min(rows, first + count)];
}

/** Rows nearest to a row first. */
export function nearestFirst(first: number, end: number, row: number): readonly number[] {
  const rows = Array.from({ length: Math.max(0, end - first) }, (_, i) => first + i);
  return rows.toSorted((a, b) => Math.abs(a - row) - Math.abs(b - row) || a - b);
}

/** What exercising at once would be worth, and what of the mid is beyond it. */
export function valueParts(right: "call" | "put", strike: string, spot: Figure, mid: Figure): { readonly intrinsic: Figure; readonly extrinsic: Figure } {
  const [price, at] = [spot.value === null ? null : parseDecimal(spot.value), parseDecimal(strike)];
  if (!price || !at) return { intrinsic: NONE, extrinsic: NONE };
  const deep = right === "call" ? minus(price, at) : minus(at, price);
  const worth: Decimal = deep.units > 0n ? deep : { units: 0n, scale: 0 };
  const half = mid.value === null ? null : parseDecimal(mid.value);
  return {
    intrinsic: { value: textOf(worth), at: spot.at, source: spot.source },
    extrinsic: half ? { value: textOf(minus(half, worth)), at: older(spot.at, mid.at), source: worse(spot.source, mid.source) } : NONE,
  };
}

function older(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.min(a, b);
}
