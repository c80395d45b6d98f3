import type { Right } from "../../backend/backend";
import type { ColumnId } from "./choices";

interface ColumnWords {
  readonly title: string;
  readonly tip: string;
  /** The least width in px at the usual size of letters. */
  readonly least: number;
}

export const COLUMN_WORDS: Record<ColumnId, ColumnWords> = {
  bid: { title: "Bid", tip: "What a buyer offers: a click adds a sale", least: 70 },
  ask: { title: "Ask", tip: "What a seller asks: a click adds a buy", least: 70 },
  mid: { title: "Mid", tip: "Halfway between bid and ask", least: 70 },
  last: { title: "Last", tip: "The last trade", least: 70 },
  size: { title: "Sizes", tip: "How many contracts at the bid and at the ask", least: 96 },
  iv: { title: "IV", tip: "Implied volatility, a year's", least: 80 },
  delta: { title: "Delta", tip: "Change of the option for 1.00 of the underlying", least: 68 },
  gamma: { title: "Gamma", tip: "Change of delta for 1.00 of the underlying", least: 80 },
  theta: { title: "Theta", tip: "Change of the option in a day", least: 80 },
  vega: { title: "Vega", tip: "Change of the option for a point of volatility", least: 72 },
  rho: { title: "Rho", tip: "Change of the option for a point of the rate, by the model", least: 80 },
  chanceIn: { title: "ITM", tip: "Chance to end in the money, by the model", least: 90 },
  chanceOut: { title: "OTM", tip: "Chance to end out of the money, by the model", least: 90 },
  chanceTouch: { title: "Touch", tip: "Chance that the strike is reached at any time until the end, by the model", least: 90 },
  breakeven: { title: "Breakeven", tip: "Where the underlying has to end for a buyer at the mid to lose nothing", least: 80 },
  intrinsic: { title: "Intrinsic", tip: "What exercising now would be worth", least: 70 },
  extrinsic: { title: "Extrinsic", tip: "Mid less intrinsic value", least: 70 },
  volume: { title: "Volume", tip: "Contracts traded today", least: 78 },
  openInterest: { title: "Open int.", tip: "Contracts open at the end of the last day", least: 78 },
  position: { title: "Held", tip: "What the accounts on show hold; negative when short", least: 50 },
};

/** A column of the table: one of a side's, or the strike. */
export type ChainColumn = { readonly side: Right; readonly id: ColumnId } | { readonly side: "strike" };

/** Calls left and puts right of the strike, mirrored but for bid and ask, which read the same on both sides. */
export function chainColumns(chosen: readonly ColumnId[]): readonly ChainColumn[] {
  const pair = chosen.filter((id) => id === "bid" || id === "ask");
  const rest = chosen.filter((id) => id !== "bid" && id !== "ask");
  return [
    ...[...rest.toReversed(), ...pair].map((id) => ({ side: "call" as const, id })),
    { side: "strike" },
    ...[...pair, ...rest].map((id) => ({ side: "put" as const, id })),
  ];
}
