import type { AccountKind, AccountView, DraftInput, Figure, HouseholdView, InstrumentView, MergedPositionView, PositionView, QuoteView } from "../bindings";
import { INDEX_OPTIONS } from "./listed";

export const UNKNOWN: Figure = { value: null, at: null, source: null };

export function seen(value: number | string, at: number, source: Figure["source"] = "live"): Figure {
  return { value: typeof value === "number" ? value.toFixed(2) : value, at, source };
}

function stock(conId: number, symbol: string, name: string, exchange = "NASDAQ"): InstrumentView {
  return { conId, symbol, label: symbol, name, kind: "stock", exchange, currency: "USD", multiplier: "1", tick: "0.01", sizeStep: "1", priceDecimals: 2, expiry: null, strike: null, right: null, adjusted: false };
}

export const INSTRUMENTS: readonly InstrumentView[] = [
  stock(265598, "AAPL", "Apple Inc"),
  stock(272093, "MSFT", "Microsoft Corp"),
  stock(756733, "SPY", "SPDR S&P 500 ETF Trust", "ARCA"),
  stock(4815747, "NVDA", "Nvidia Corp"),
  stock(8314, "IBM", "Intl Business Machines Corp", "NYSE"),
  stock(76792991, "TSLA", "Tesla Inc"),
  { ...stock(113170890, "700", "Tencent Holdings Ltd", "SEHK"), currency: "HKD", tick: "0.2", sizeStep: "100", priceDecimals: 2 },
  { ...stock(12345777, "USD", "US dollar", "IDEALPRO"), label: "USD.HKD", kind: "forex", currency: "HKD", tick: "0.00005", priceDecimals: 5 },
  { ...stock(416904, "SPX", "S&P 500 Stock Index", "CBOE"), kind: "index", tick: null, sizeStep: null },
];

function option(conId: number, expiry: string, day: string, strike: string, right: "call" | "put"): InstrumentView {
  const label = `AAPL ${day} ${strike} ${right === "call" ? "C" : "P"}`;
  return { ...stock(conId, "AAPL", "Apple Inc", "SMART"), label, kind: "option", multiplier: "100", tick: "0.05", expiry, strike, right };
}

/** A few options on Apple, found by their spelled names only. */
export const OPTIONS: readonly InstrumentView[] = [
  ...["170", "180", "190", "200"].flatMap((strike, i) => [
    option(900_000 + i, "20261218", "18 Dec 26", strike, "call"),
    option(900_100 + i, "20261218", "18 Dec 26", strike, "put"),
  ]),
  option(900_201, "20270115", "15 Jan 27", "180", "call"),
];

/** What an order for a combination is shown as. */
export const COMBO: InstrumentView = { ...stock(28_812_380, "AAPL", "Apple Inc", "SMART"), label: "AAPL combination", kind: "combo", multiplier: "100" };

export const PRICES: Readonly<Record<number, number>> = {
  265598: 180.02,
  272093: 421.5,
  756733: 560.11,
  4815747: 132.4,
  8314: 214.88,
  76792991: 251.3,
  113170890: 412.6,
  416904: 5604.2,
  900000: 13.1,
  900001: 6.2,
  900002: 2.05,
  900003: 0.5,
  900100: 2.1,
  900101: 5.1,
  900102: 10.9,
  900103: 19.4,
  900201: 8.4,
};

export interface Holding {
  readonly account: string;
  readonly conId: number;
  quantity: number;
  cost: number;
}

export const HOLDINGS: readonly Holding[] = [
  { account: "DU1000001", conId: 265598, quantity: 300, cost: 152.4101 },
  { account: "DU1000001", conId: 272093, quantity: 120, cost: 388.2 },
  { account: "DU1000001", conId: 76792991, quantity: -40, cost: 268.05 },
  { account: "DU1000001", conId: 113170890, quantity: 500, cost: 371.2 },
  { account: "DU1000002", conId: 265598, quantity: 40, cost: 171.2 },
  { account: "DU1000002", conId: 756733, quantity: 210, cost: 498.77 },
  { account: "DU1000003", conId: 4815747, quantity: 900, cost: 141.002 },
  { account: "DU1000003", conId: 756733, quantity: 400, cost: 541.3 },
];

interface Sketch {
  readonly id: string;
  readonly kind: AccountKind;
  readonly words: string;
  readonly text: string;
  readonly cash: number;
}

export const SKETCHES: readonly Sketch[] = [
  { id: "DU1000001", kind: "individual", words: "Individual", text: "INDIVIDUAL", cash: 84210.55 },
  { id: "DU1000002", kind: "rothIra", words: "Roth IRA", text: "IRA-ROTH NEW", cash: 12840.1 },
  { id: "DU1000003", kind: "entity", words: "LLC or other entity", text: "CORPORATION", cash: 391004.72 },
];

export function instrumentOf(conId: number): InstrumentView {
  const found = [...INSTRUMENTS, ...OPTIONS, ...INDEX_OPTIONS].find((instrument) => instrument.conId === conId);
  if (!found) throw new Error(`no instrument ${conId}`);
  return found;
}

/** US dollars for one unit. */
const RATES: Readonly<Record<string, number>> = { HKD: 0.128 };

/** What a ticket orders. */
export function orderedOf({ conId, legs }: Pick<DraftInput, "conId" | "legs">): InstrumentView {
  return legs.length > 0 ? COMBO : instrumentOf(conId ?? 0);
}

export function positionOf({ account, conId, quantity, cost }: Holding, price: number, at: number): PositionView {
  const instrument = instrumentOf(conId);
  const rate = RATES[instrument.currency] ?? 1;
  return {
    key: `${account}:${conId}`,
    account,
    instrument,
    quantity: seen(String(quantity), at),
    averageCost: String(cost),
    price: seen(price, at),
    value: seen(price * quantity * rate, at, "model"),
    valueCurrency: "USD",
    unrealizedPnl: seen((price - cost) * quantity * rate, at),
    dailyPnl: conId === 113170890 ? UNKNOWN : seen((price - (PRICES[conId] ?? price) * 0.992) * quantity, at),
    pnlCurrency: "USD",
  };
}

export function accountOf(sketch: Sketch, positions: readonly PositionView[], at: number, said: AccountView["saidKind"] = null): AccountView {
  const mine = positions.filter(({ account }) => account === sketch.id);
  const sum = (part: "value" | "unrealizedPnl" | "dailyPnl") => mine.reduce((total, position) => total + Number(position[part].value ?? 0), 0);
  const gross = mine.reduce((total, { value }) => total + Math.abs(Number(value.value)), 0);
  const nlv = sketch.cash + sum("value");
  const roth = sketch.kind === "rothIra";
  const margin = roth ? gross : gross * 0.25;
  return {
    id: sketch.id,
    kind: said ?? sketch.kind,
    kindWords: sketch.words,
    nickname: null,
    colour: null,
    kindText: sketch.text,
    toldKind: sketch.kind,
    saidKind: said,
    paper: true,
    currency: "USD",
    netLiquidation: seen(nlv, at),
    totalCash: seen(sketch.cash, at),
    settledCash: roth ? seen(sketch.cash - 2400, at) : seen(sketch.cash, at),
    buyingPower: seen(roth ? sketch.cash : (nlv - gross * 0.5) * 4, at),
    availableFunds: seen(roth ? sketch.cash : nlv - gross * 0.5, at),
    excessLiquidity: seen(nlv - margin, at),
    equityWithLoan: seen(nlv, at),
    grossPositionValue: seen(gross, at),
    initialMargin: seen(roth ? gross : gross * 0.5, at),
    maintenanceMargin: seen(margin, at),
    dailyPnl: seen(sum("dailyPnl"), at),
    unrealizedPnl: seen(sum("unrealizedPnl"), at),
    realizedPnl: seen(0, at),
    dayTradesRemaining: seen("-1", at),
  };
}

export function householdOf(accounts: readonly AccountView[], at: number): HouseholdView {
  const names = ["netLiquidation", "totalCash", "settledCash", "buyingPower", "excessLiquidity", "initialMargin", "maintenanceMargin", "dailyPnl", "unrealizedPnl"] as const;
  const sums = Object.fromEntries(
    names.map((name) => [name, seen(accounts.reduce((total, account) => total + Number(account[name].value), 0), at, "model")]),
  );
  return { currency: "USD", ...(sums as Omit<HouseholdView, "currency">) };
}

export function mergedOf(positions: readonly PositionView[], at: number): MergedPositionView[] {
  const groups = new Map<number, PositionView[]>();
  for (const position of positions) {
    const { conId } = position.instrument;
    groups.set(conId, [...(groups.get(conId) ?? []), position]);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const sum = (part: "value" | "unrealizedPnl" | "dailyPnl") =>
      group.some((position) => position[part].value === null)
        ? UNKNOWN
        : seen(group.reduce((total, position) => total + Number(position[part].value), 0), at);
    const quantity = group.reduce((total, position) => total + Number(position.quantity.value), 0);
    const cost = group.reduce((total, position) => total + Number(position.quantity.value) * Number(position.averageCost), 0);
    return [
      {
        instrument: first.instrument,
        accounts: group.map(({ account }) => account),
        quantity: seen(String(quantity), at),
        averageCost: quantity === 0 ? null : (cost / quantity).toFixed(4),
        price: first.price,
        value: sum("value"),
        valueCurrency: first.valueCurrency,
        unrealizedPnl: sum("unrealizedPnl"),
        dailyPnl: sum("dailyPnl"),
        pnlCurrency: first.pnlCurrency,
      },
    ];
  });
}

export function quoteOf(conId: number, price: number, at: number, source: Figure["source"] = "live"): QuoteView {
  const figure = (value: number | string) => seen(value, at, source);
  return {
    conId,
    bid: figure(price - 0.01),
    ask: figure(price + 0.01),
    last: figure(price),
    bidSize: figure("300"),
    askSize: figure("200"),
    close: figure(price * 0.992),
    high: figure(price * 1.01),
    low: figure(price * 0.98),
    volume: figure("41233100"),
    openInterest: { value: null, at: null, source: null },
    impliedVolatility: figure("0.2512"),
    historicalVolatility: figure("0.2231"),
    greeks: null,
    model: null,
    refused: null,
  };
}
