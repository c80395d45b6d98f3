import { type ChainView, type QuoteView, type StrikesView } from "../bindings";
import { instrumentOf, OPTIONS, PRICES, quoteOf } from "./portfolio";

const APPLE = 265598;
const EXPIRIES = [
  { expiry: "20261218", days: 27, kind: "monthly" },
  { expiry: "20270115", days: 55, kind: "monthly" },
] as const;

/** The chain of Apple's few options; nothing else has any. */
export function chainOf(conId: number, taken: number): ChainView | null {
  if (conId !== APPLE) return null;
  const strikes = [...new Set(OPTIONS.map(({ strike }) => strike ?? ""))].sort((a, b) => Number(a) - Number(b));
  return {
    underlying: instrumentOf(APPLE),
    classes: [{ tradingClass: "AAPL", exchange: "SMART", multiplier: "100", standard: true, expiries: EXPIRIES.map((one) => ({ ...one })), strikes }],
    taken,
  };
}

export function strikesOf(expiry: string, taken: number): StrikesView {
  const listed = OPTIONS.filter((option) => option.expiry === expiry);
  const strikes = [...new Set(listed.map(({ strike }) => strike ?? ""))].sort((a, b) => Number(a) - Number(b));
  const find = (strike: string, right: "call" | "put") => listed.find((option) => option.strike === strike && option.right === right) ?? null;
  return { conId: APPLE, tradingClass: "AAPL", expiry, rows: strikes.map((strike) => ({ strike, call: find(strike, "call"), put: find(strike, "put") })), taken };
}

/** An option's quote with the broker's greeks. */
export function optionQuoteOf(conId: number, at: number): QuoteView {
  const option = instrumentOf(conId);
  const moneyness = (180.02 - Number(option.strike ?? 0)) / 40;
  const call = Math.min(0.99, Math.max(0.01, 0.5 + moneyness));
  const told = (value: number) => ({ value: value.toFixed(4), at, source: "live" as const });
  return {
    ...quoteOf(conId, PRICES[conId] ?? 1, at),
    openInterest: { value: "1240", at, source: "live" },
    impliedVolatility: { value: null, at: null, source: null },
    historicalVolatility: { value: null, at: null, source: null },
    greeks: {
      impliedVolatility: told(0.25),
      delta: told(option.right === "call" ? call : call - 1),
      gamma: told(0.018),
      theta: told(-0.061),
      vega: told(0.19),
      price: told(PRICES[conId] ?? 1),
      underlying: told(180.02),
    },
  };
}
