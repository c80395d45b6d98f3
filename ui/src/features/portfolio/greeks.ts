import type { SumGreeksView } from "../../backend/backend";
import type { FigureShape } from "../../components/figure-shape";
import { formatDecimal } from "../../lib/format";

export type Greek = Exclude<keyof SumGreeksView, "lacks">;

export interface NamedGreek {
  readonly name: Greek;
  readonly title: string;
  readonly tip: string;
  readonly shape: FigureShape;
  readonly least: number;
}

// The broker's model speaks less often than the market does.
const FRESH_MS = 60_000;

function shape(places: number): FigureShape {
  return { write: (value) => formatDecimal(value, { places, signed: true }), freshMs: FRESH_MS };
}

export const GREEKS: readonly NamedGreek[] = [
  { name: "delta", title: "Delta", tip: "In shares: what is held moves like so many of the underlying", shape: shape(1), least: 76 },
  { name: "deltaMoney", title: "Δ money", tip: "What that many shares are worth", shape: shape(0), least: 76 },
  { name: "gamma", title: "Gamma", tip: "By how many shares the delta grows when the price rises by one", shape: shape(2), least: 64 },
  { name: "theta", title: "Theta/day", tip: "What a day's passing brings or costs, in money", shape: shape(2), least: 76 },
  { name: "vega", title: "Vega", tip: "What one percentage point more of volatility brings or costs, in money", shape: shape(2), least: 72 },
];
