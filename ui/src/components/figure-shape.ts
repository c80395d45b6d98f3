import { shortAge } from "../lib/dates";
import { signOf } from "../lib/decimal";
import * as format from "../lib/format";

/** How a figure reads: which decimals, whether its sign means gain or loss, and how old it may be unremarked. */
export interface FigureShape {
  readonly write: (value: string) => string;
  /** Coloured as gain or loss. */
  readonly gainLoss?: boolean;
  /** Older than this it says its age; null when it does not age while the link is up. */
  readonly freshMs: number | null;
}

/** The figure's age in a word, or nothing while it is fresh. */
export function ageOf(at: number | null, { freshMs }: FigureShape, stale: boolean, now: number): string {
  if (at === null) return "";
  const old = stale || (freshMs !== null && now - at > freshMs);
  return old ? shortAge(now - at) : "";
}

/** The class of a gain or a loss, to be set after another. */
export function toneOf(value: string, { gainLoss }: FigureShape): string {
  const sign = gainLoss ? signOf(value) : null;
  return sign === 1 ? " gain" : sign === -1 ? " loss" : "";
}

// IBKR renews account values about every three minutes; quotes and P&L come within a second or two.
const ACCOUNT_FRESH_MS = 240_000;
const QUOTE_FRESH_MS = 10_000;

export const MONEY: FigureShape = { write: format.money, freshMs: ACCOUNT_FRESH_MS };
export const VALUE: FigureShape = { write: format.money, freshMs: QUOTE_FRESH_MS };
export const CHANGE: FigureShape = { write: format.change, gainLoss: true, freshMs: QUOTE_FRESH_MS };
export const QUANTITY: FigureShape = { write: format.quantity, freshMs: null };

const prices = new Map<number, FigureShape>();

/** A price with the decimals of its instrument. */
export function priceShape(decimals: number): FigureShape {
  const known = prices.get(decimals);
  if (known) return known;
  const shape: FigureShape = { write: (value) => format.price(value, decimals), freshMs: QUOTE_FRESH_MS };
  prices.set(decimals, shape);
  return shape;
}
