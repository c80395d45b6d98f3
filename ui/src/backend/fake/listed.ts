import { expiryWords } from "../../lib/expiry";
import type { ExpiryView, InstrumentView, OptionClassView } from "../bindings";

interface Listing {
  readonly tradingClass: string;
  readonly standard: boolean;
  readonly adjusted: boolean;
  readonly first: number;
  readonly expiry: string;
}

const EXPIRIES: readonly ExpiryView[] = [
  { expiry: "20261127", settled: "20261127", days: 6, kind: "weekly" },
  { expiry: "20261217", settled: "20261218", days: 26, kind: "monthly" },
  { expiry: "20261218", settled: "20261218", days: 27, kind: "monthly" },
  { expiry: "20270319", settled: "20270319", days: 118, kind: "quarterly" },
  { expiry: "20280121", settled: "20280121", days: 426, kind: "leaps" },
];
const LISTINGS: readonly Listing[] = [
  { tradingClass: "SPX", standard: true, adjusted: false, first: 910_000, expiry: "20261217" },
  { tradingClass: "SPXW", standard: true, adjusted: false, first: 920_000, expiry: "20261127" },
  { tradingClass: "2SPX", standard: false, adjusted: false, first: 930_000, expiry: "20261218" },
  { tradingClass: "SPX1", standard: false, adjusted: true, first: 940_000, expiry: "20261218" },
];
const STRIKES = Array.from({ length: 80 }, (_, i) => String(5200 + i * 10));

/** Eighty strikes in four classes on the index; the second class lacks a put. */
export const INDEX_OPTIONS: readonly (InstrumentView & { readonly tradingClass: string })[] = LISTINGS.flatMap(({ tradingClass, adjusted, first, expiry }) =>
  STRIKES.flatMap((strike, i) =>
    (["call", "put"] as const).map((right, j) => ({
      conId: first + i * 2 + j,
      symbol: "SPX",
      label: `${tradingClass} ${expiryWords(expiry)} ${strike} ${right === "call" ? "C" : "P"}`,
      name: "S&P 500 Stock Index",
      kind: "option" as const,
      exchange: "CBOE",
      currency: "USD",
      multiplier: "100",
      tick: "0.05",
      sizeStep: "1",
      priceDecimals: 2,
      expiry,
      strike,
      right,
      adjusted,
      tradingClass,
    })),
  ),
).filter(({ conId }) => conId !== 920_001);

export const INDEX_CLASSES: readonly OptionClassView[] = LISTINGS.map(({ tradingClass, standard, adjusted, expiry }) => ({
  tradingClass,
  exchange: "CBOE",
  multiplier: "100",
  standard,
  adjusted,
  settles: tradingClass === "SPX" ? "morning" : "afternoon",
  expiries: EXPIRIES.filter((one) => one.expiry === expiry || one.kind === "leaps" || one.kind === "quarterly"),
  strikes: STRIKES,
}));
