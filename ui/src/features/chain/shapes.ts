import { type FigureShape } from "../../components/figure-shape";
import { HUNDRED, textOf, times } from "../../lib/arithmetic";
import { parseDecimal } from "../../lib/decimal";
import * as format from "../../lib/format";

// An option that takes turns on a line, or hardly trades, is renewed less often than a stock.
const FRESH_MS = 60_000;

/** A share as a percentage with one decimal. */
export const PERCENT: FigureShape = { write: percent, freshMs: FRESH_MS };
/** A share that does not age while the link is up. */
export const AGELESS_PERCENT: FigureShape = { write: percent, freshMs: null };
export const COUNT: FigureShape = { write: (value) => format.formatDecimal(value, { places: 0 }), freshMs: null };

export function greekShape(places: number): FigureShape {
  return { write: (value) => format.formatDecimal(value, { places }), freshMs: FRESH_MS };
}

const prices = new Map<number, FigureShape>();

export function optionPrice(decimals: number): FigureShape {
  const known = prices.get(decimals);
  if (known) return known;
  const shape: FigureShape = { write: (value) => format.price(value, decimals), freshMs: FRESH_MS };
  prices.set(decimals, shape);
  return shape;
}

/** Of what lies halfway between two prices: one decimal more, so that all of them stand in line. */
export function halfwayPrice(decimals: number): FigureShape {
  return optionPrice(decimals + 1);
}

export function percent(value: string): string {
  const share = parseDecimal(value);
  return share ? `${format.formatDecimal(textOf(times(share, HUNDRED)), { places: 1 })} %` : value;
}
