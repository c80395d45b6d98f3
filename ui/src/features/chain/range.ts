// Which strikes of an expiry are shown.
import type { StrikeSpan } from "../../backend/backend";
import { compare, HUNDRED, magnitude, minus, times } from "../../lib/arithmetic";
import { type Decimal, parseDecimal } from "../../lib/decimal";
import { about } from "./money";

/** How the strikes about the money are chosen: so many, so far away, or so likely. */
export type RangeKind = { readonly by: "all" } | { readonly by: "count"; readonly count: number } | { readonly by: "percent"; readonly percent: Decimal } | { readonly by: "delta"; readonly least: string };

interface RangeWords {
  readonly label: string;
  readonly kind: RangeKind;
  /** What it leaves out. */
  readonly tip: string;
}

const percent = (units: bigint): RangeKind => ({ by: "percent", percent: { units, scale: 0 } });
const count = (many: number): RangeWords => ({ label: `${many} strikes`, kind: { by: "count", count: many }, tip: `The ${many} nearest to the money` });
const delta = (least: string, most: string): RangeWords => ({ label: `Δ ${least}–${most}`, kind: { by: "delta", least }, tip: `Where the deltas of call and put, without their sign, lie between ${least} and ${most}` });

export const RANGE_WORDS = {
  "10": count(10),
  "20": count(20),
  "40": count(40),
  p5: { label: "± 5 %", kind: percent(5n), tip: "Up to 5 % from the strike at the money" },
  p10: { label: "± 10 %", kind: percent(10n), tip: "Up to 10 % from the strike at the money" },
  p20: { label: "± 20 %", kind: percent(20n), tip: "Up to 20 % from the strike at the money" },
  d5: delta("0.05", "0.95"),
  d15: delta("0.15", "0.85"),
  d30: delta("0.30", "0.70"),
  all: { label: "All strikes", kind: { by: "all" }, tip: "Every strike that is listed" },
} as const satisfies Record<string, RangeWords>;

export type Range = keyof typeof RANGE_WORDS;
export const RANGES = Object.keys(RANGE_WORDS) as readonly Range[];

/** The rows from the first to before the last that a range shows about one; null while that is not known. */
export function rangeOf(kind: RangeKind, strikes: readonly Decimal[], centre: number, within: StrikeSpan | null): readonly [first: number, end: number] | null {
  switch (kind.by) {
    case "all":
      return [0, strikes.length];
    case "count":
      return about(centre, kind.count, strikes.length);
    case "percent": {
      const middle = strikes[centre];
      if (!middle) return null;
      const most = times(middle, kind.percent);
      return span(strikes, (strike) => compare(times(magnitude(minus(strike, middle)), HUNDRED), most) <= 0);
    }
    case "delta": {
      const [low, high] = within ? [parseDecimal(within.lowest), parseDecimal(within.highest)] : [null, null];
      if (!low || !high) return null;
      return span(strikes, (strike) => compare(strike, low) >= 0 && compare(strike, high) <= 0);
    }
  }
}

function span(strikes: readonly Decimal[], inside: (strike: Decimal) => boolean): readonly [number, number] {
  const first = strikes.findIndex(inside);
  return first < 0 ? [0, 0] : [first, strikes.findLastIndex(inside) + 1];
}
