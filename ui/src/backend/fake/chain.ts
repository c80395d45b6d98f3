import { type ChainView, type PayoffInput, type PayoffView, type QuoteView, type StrikesView } from "../bindings";
import { INDEX_CLASSES, INDEX_OPTIONS } from "./listed";
import { instrumentOf, OPTIONS, PRICES, quoteOf } from "./portfolio";

const APPLE = 265598;
const INDEX = 416904;
const EXPIRIES = [
  { expiry: "20261218", days: 27, kind: "monthly" },
  { expiry: "20270115", days: 55, kind: "monthly" },
] as const;

/** The chain of Apple's few options, or of the index with its eighty strikes; nothing else has any. */
export function chainOf(conId: number, taken: number): ChainView | null {
  if (conId === INDEX) return { underlying: instrumentOf(INDEX), classes: [...INDEX_CLASSES], taken };
  if (conId !== APPLE) return null;
  const strikes = [...new Set(OPTIONS.map(({ strike }) => strike ?? ""))].sort((a, b) => Number(a) - Number(b));
  return {
    underlying: instrumentOf(APPLE),
    classes: [{ tradingClass: "AAPL", exchange: "SMART", multiplier: "100", standard: true, expiries: EXPIRIES.map((one) => ({ ...one })), strikes }],
    taken,
  };
}

export function strikesOf(conId: number, tradingClass: string, expiry: string, taken: number): StrikesView {
  const all = conId === INDEX ? INDEX_OPTIONS.filter((option) => option.tradingClass === tradingClass) : OPTIONS;
  const listed = all.filter((option) => option.expiry === expiry);
  const strikes = [...new Set(listed.map(({ strike }) => strike ?? ""))].sort((a, b) => Number(a) - Number(b));
  const find = (strike: string, right: "call" | "put") => listed.find((option) => option.strike === strike && option.right === right) ?? null;
  return { conId, tradingClass, expiry, rows: strikes.map((strike) => ({ strike, call: find(strike, "call"), put: find(strike, "put") })), taken };
}

/** An option's quote with the broker's greeks. */
export function optionQuoteOf(conId: number, at: number): QuoteView {
  const option = instrumentOf(conId);
  const spot = PRICES[option.symbol === "SPX" ? INDEX : APPLE] ?? 0;
  const beyond = (spot - Number(option.strike ?? 0)) * (option.right === "call" ? 1 : -1);
  const price = PRICES[conId] ?? Math.max(beyond, 0) + 12;
  const moneyness = (spot - Number(option.strike ?? 0)) / (spot / 4.5);
  const call = Math.min(0.99, Math.max(0.01, 0.5 + moneyness));
  const told = (value: number) => ({ value: value.toFixed(4), at, source: "live" as const });
  return {
    ...quoteOf(conId, price, at),
    openInterest: { value: "1240", at, source: "live" },
    impliedVolatility: { value: null, at: null, source: null },
    historicalVolatility: { value: null, at: null, source: null },
    greeks: {
      impliedVolatility: told(0.25),
      delta: told(option.right === "call" ? call : call - 1),
      gamma: told(0.018),
      theta: told(-0.061),
      vega: told(0.19),
      price: told(price),
      underlying: told(spot),
    },
  };
}

/** The picture of a bull call spread at 180/190, whatever the legs are. */
export function payoffOf({ legs, days }: PayoffInput): PayoffView {
  const points = ["150", "160", "170", "180", "183.9", "190", "200", "210"].map((price) => ({
    price,
    atExpiry: String(Math.min(610, Math.max(-390, Math.round((Number(price) - 183.9) * 100)))),
    onDate: String(Math.round(Math.tanh((Number(price) - 182) / 14) * 420)),
  }));
  return {
    name: legs.length === 1 ? "Long call" : "Bull call spread",
    currency: "USD",
    spot: "180.02",
    netPrice: "3.9",
    maxProfit: { amount: "610", unbounded: false },
    maxLoss: { amount: "390", unbounded: false },
    breakevens: ["183.9"],
    chanceOfProfit: "0.4123",
    expectedProfit: "-4.12",
    delta: "24.1",
    deltaMoney: "4338.48",
    gamma: "0.12",
    theta: "-1.45",
    vega: "3.2",
    expiry: "20261218",
    days: Math.max(0, 27 - days),
    modelled: false,
    points,
    sigma: { low: "168.4", high: "192.4" },
    rate: "4",
    says: null,
  };
}
