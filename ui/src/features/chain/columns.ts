import type { Right } from "../../backend/backend";
import type { ColumnId } from "./choices";

interface ColumnWords {
  readonly title: string;
  readonly tip: string;
  /** The least width in px at the usual size of letters. */
  readonly least: number;
}

export const COLUMN_WORDS: Record<ColumnId, ColumnWords> = {
  bid: { title: "Bid", tip: "What a buyer offers: a click adds a sale", least: 64 },
  ask: { title: "Ask", tip: "What a seller asks: a click adds a buy", least: 64 },
  mid: { title: "Mid", tip: "Halfway between bid and ask", least: 64 },
  last: { title: "Last", tip: "The last trade", least: 64 },
  size: { title: "Sizes", tip: "How many contracts at the bid and at the ask", least: 76 },
  iv: { title: "IV", tip: "Implied volatility, a year's", least: 60 },
  delta: { title: "Delta", tip: "Change of the option for 1.00 of the underlying", least: 56 },
  gamma: { title: "Gamma", tip: "Change of delta for 1.00 of the underlying", least: 62 },
  theta: { title: "Theta", tip: "Change of the option in a day", least: 60 },
  vega: { title: "Vega", tip: "Change of the option for a point of volatility", least: 56 },
  rho: { title: "Rho", tip: "Change of the option for a point of the rate, by the model", least: 74 },
  chanceIn: { title: "ITM", tip: "Chance to end in the money, by the model", least: 76 },
  chanceOut: { title: "OTM", tip: "Chance to end out of the money, by the model", least: 76 },
  chanceTouch: { title: "Touch", tip: "Chance that the strike is reached at any time until the end, by the model", least: 80 },
  breakeven: { title: "Breakeven", tip: "Where the underlying has to end for a buyer at the mid to lose nothing", least: 74 },
  intrinsic: { title: "Intrinsic", tip: "What exercising now would be worth", least: 70 },
  extrinsic: { title: "Extrinsic", tip: "Mid less intrinsic value", least: 70 },
  volume: { title: "Volume", tip: "Contracts traded today", least: 64 },
  openInterest: { title: "Open int.", tip: "Contracts open at the end of the last day", least: 66 },
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
