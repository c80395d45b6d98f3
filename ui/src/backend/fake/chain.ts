import { type ChainOutlookInput, type ChainOutlookView, type ChainView, type InstrumentView, type PayoffInput, type PayoffView, type PlanInput, type PlannedView, type QuoteView, type StrikesView } from "../bindings";
import { INDEX_CLASSES, INDEX_OPTIONS } from "./listed";
import { instrumentOf, OPTIONS, PRICES, quoteOf } from "./portfolio";

const APPLE = 265598;
const INDEX = 416904;
const ASSUMES = "The model is told 4 % a year and the dividend of 0.26 USD that the broker announces for 8 Feb 27, and none after it.";
const EXPIRIES = [
  { expiry: "20261218", settled: "20261218", days: 27, kind: "monthly" },
  { expiry: "20270115", settled: "20270115", days: 55, kind: "monthly" },
] as const;

/** The chain of Apple's few options, or of the index with its eighty strikes; nothing else has any. */
export function chainOf(conId: number, taken: number): ChainView | null {
  if (conId === INDEX) return { underlying: instrumentOf(INDEX), classes: [...INDEX_CLASSES], taken };
  if (conId !== APPLE) return null;
  const strikes = [...new Set(OPTIONS.map(({ strike }) => strike ?? ""))].sort((a, b) => Number(a) - Number(b));
  return {
    underlying: instrumentOf(APPLE),
    classes: [{ tradingClass: "AAPL", exchange: "SMART", multiplier: "100", standard: true, adjusted: false, settles: "afternoon", expiries: EXPIRIES.map((one) => ({ ...one })), strikes }],
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

/** Moves of 4 % and more for each expiry; a rank only of Apple's volatility, and only its dividend. */
export function outlookOf({ conId, tradingClass, leastDelta }: ChainOutlookInput, at: number): ChainOutlookView {
  const spot = PRICES[conId] ?? 0;
  const model = (value: string) => ({ value, at, source: "model" as const });
  const expiries = chainOf(conId, at)?.classes.find((one) => one.tradingClass === tradingClass)?.expiries ?? [];
  const band = (share: number) => ({ low: (spot * (1 - share)).toFixed(2), high: (spot * (1 + share)).toFixed(2) });
  return {
    conId,
    tradingClass,
    expiries: expiries.map(({ expiry }, i) => ({
      expiry,
      expectedMove: model((spot * 0.04 * (i + 1)).toFixed(2)),
      basis: i === 0 ? ("straddle" as const) : ("thirtyDays" as const),
      straddle: i === 0 ? String(Math.round(spot / 10) * 10) : null,
      volatility: model("0.25"),
      oneSigma: band(0.05 * (i + 1)),
      twoSigma: band(0.1 * (i + 1)),
      withinDelta: leastDelta === "" ? null : { lowest: String(Math.round(spot / 10) * 10 - 100), highest: String(Math.round(spot / 10) * 10 + 50) },
    })),
    volatilityRank: conId === APPLE ? { rank: model("0.4321"), percentile: model("0.61"), low: "0.18", high: "0.44", days: 251, taken: at } : null,
    dividends: conId === APPLE ? { pastYear: "1.01", nextYear: "1.04", nextDay: "20270208", nextAmount: "0.26", at } : null,
    assumes: ASSUMES,
  };
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
  const modelled = (value: number) => ({ ...told(value), source: "model" as const });
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
    model: option.adjusted ? null : {
      rho: modelled(option.right === "call" ? 0.065 : -0.071),
      chanceIn: modelled(option.right === "call" ? call * 0.96 : 1 - call * 0.96),
      chanceOut: modelled(option.right === "call" ? 1 - call * 0.96 : call * 0.96),
      chanceTouch: modelled(Math.min(1, 2 * Math.min(call, 1 - call))),
      breakeven: told(Number(option.strike ?? 0) + (option.right === "call" ? price : -price)),
    },
  };
}

/** A bull call spread of the first two strikes whatever is asked by name, and a roll of what is asked about, two of it. */
export function plannedOf(input: PlanInput): PlannedView {
  if (input.kind === "roll") {
    const legs = input.held.flatMap(({ conId, quantity }): PlannedView["legs"] => {
      const held = instrumentOf(conId);
      const later = OPTIONS.find(({ expiry, right, strike }) => expiry === input.expiry && right === held.right && strike === held.strike);
      const [close, open] = quantity.startsWith("-") ? (["buy", "sell"] as const) : (["sell", "buy"] as const);
      const closing = { side: close, ratio: 1, instrument: held };
      return later ? [closing, { side: open, ratio: 1, instrument: later }] : [closing];
    });
    return { legs, quantity: "2" };
  }
  const [low, high] = ladderOf(OPTIONS.find(({ expiry, right }) => expiry === input.expiries[0] && right === input.right)?.conId ?? 0);
  if (!low || !high) return { legs: [], quantity: null };
  const other = input.side === "buy" ? "sell" : "buy";
  return { legs: [{ side: input.side, ratio: 1, instrument: low }, { side: other, ratio: 1, instrument: high }], quantity: null };
}

/** The listed options beside one. */
export function ladderOf(conId: number): InstrumentView[] {
  const of = instrumentOf(conId);
  return OPTIONS.filter(({ expiry, right }) => expiry === of.expiry && right === of.right).toSorted((a, b) => Number(a.strike) - Number(b.strike));
}

const TODAY = "20261121";
const FIRST_EXPIRY = "20261218";

/** The picture of a bull call spread at 180/190, whatever the legs are. A later date is nearer to the line at expiry. */
export function payoffOf({ legs, dates }: PayoffInput): PayoffView {
  const lies = (day: string) => (day === "" ? "ahead" : day < TODAY ? "past" : day > FIRST_EXPIRY ? "beyond" : "ahead");
  const points = ["150", "160", "170", "180", "183.9", "190", "200", "210"].map((price) => ({
    price,
    atExpiry: String(Math.min(610, Math.max(-390, Math.round((Number(price) - 183.9) * 100)))),
    onDates: dates.map((day) => (lies(day) === "ahead" ? String(Math.round(Math.tanh((Number(price) - 182) / 14) * 420) - (day === "" ? 0 : Number(day.slice(-2)))) : null)),
  }));
  const yours = legs.filter(({ volatility }) => volatility !== "");
  return {
    name: legs.length === 1 ? "Long call" : "Bull call spread",
    currency: "USD",
    spot: "180.02",
    netPrice: "3.9",
    maxProfit: { amount: "610", unbounded: false },
    maxLoss: { amount: "390", unbounded: false },
    returnOnRisk: "1.5641",
    breakevens: ["183.9"],
    chanceOfProfit: yours.length > 0 ? "0.3871" : "0.4123",
    expectedProfit: "-4.12",
    delta: "24.1",
    deltaMoney: "4338.48",
    gamma: "0.12",
    theta: "-1.45",
    vega: "3.2",
    rho: "1.1",
    expiry: FIRST_EXPIRY,
    days: 27,
    today: TODAY,
    modelled: false,
    dates: dates.map((day) => ({ day: day === "" ? null : day, lies: lies(day) })),
    points,
    sigma: { low: "168.4", high: "192.4" },
    rate: "4",
    assumes: ASSUMES,
    yours: yours.length === 0 ? null : `By your implied volatility, not the market's: ${yours.map(({ conId, volatility }) => `${instrumentOf(conId).label} ${volatility} % (its market's is 25 %)`).join(", ")}.`,
    pricedByModel: false,
    says: null,
  };
}
