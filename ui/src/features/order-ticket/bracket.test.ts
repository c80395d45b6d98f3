import { describe, expect, it } from "vitest";
import type { DraftInput, InstrumentView } from "../../backend/backend";
import { textOf, typed } from "../../lib/arithmetic";
import type { Decimal } from "../../lib/decimal";
import { aimed, BY_PRICE, NO_EXITS, percentAway, steady } from "./aims";
import { outlookOf } from "./bracket";
import { emptyDraft } from "../../lib/empty-draft";
import { heightOf, linesOf, movedBy, priceAt, spanOf } from "./ladder";

const STOCK: InstrumentView = { conId: 1, symbol: "AAPL", label: "AAPL", name: null, kind: "stock", exchange: "NASDAQ", currency: "USD", multiplier: "1", tick: "0.01", sizeStep: "1", priceDecimals: 2, expiry: null, strike: null, right: null, adjusted: false };
const FUTURE: InstrumentView = { ...STOCK, symbol: "ES", kind: "future", multiplier: "50", tick: "0.25" };

function d(text: string): Decimal {
  const read = typed(text);
  if (!read) throw new Error(text);
  return read;
}

function draft(patch: Partial<DraftInput>, exits: Partial<typeof NO_EXITS> = {}): DraftInput {
  return { ...emptyDraft("DU1"), conId: 1, quantity: "10", limitPrice: "180", ...patch, exits: { ...NO_EXITS, ...exits } };
}

describe("exits aimed by a distance", () => {
  it("lie on the instrument's steps, beyond the entry for a profit and before it for a stop, on either side", () => {
    const aims = { takeProfit: { unit: "percent", text: "2.5" }, stop: { unit: "percent", text: "1.333" } } as const;
    const long = aimed(draft({}), aims, d("180"), STOCK).exits;
    expect([long?.takeProfit, long?.stopPrice]).toEqual(["184.50", "177.60"]);
    const short = aimed(draft({ side: "sell" }), aims, d("180"), STOCK).exits;
    expect([short?.takeProfit, short?.stopPrice]).toEqual(["175.50", "182.40"]);
  });

  it("count ticks, and multiples of the risk, trailing stops included", () => {
    const aims = { takeProfit: { unit: "r", text: "2.5" }, stop: { unit: "ticks", text: "8" } } as const;
    const long = aimed(draft({}), aims, d("4400"), FUTURE).exits;
    expect([long?.stopPrice, long?.takeProfit]).toEqual(["4398.00", "4405.00"]);
    const trailing = aimed(draft({}, { stopKind: "trail", trail: "2", trailUnit: "percent" }), aims, d("100"), STOCK).exits;
    expect(trailing?.takeProfit).toBe("105.00");
  });

  it("are empty rather than guessed while something is missing", () => {
    const aims = { takeProfit: { unit: "r", text: "2" }, stop: BY_PRICE.stop } as const;
    expect(aimed(draft({}), aims, d("180"), STOCK).exits?.takeProfit).toBe("");
    expect(aimed(draft({}, { stopPrice: "190" }), aims, d("180"), STOCK).exits?.takeProfit).toBe("");
    expect(aimed(draft({}, { stopPrice: "179" }), aims, null, STOCK).exits?.takeProfit).toBe("");
    const beyond = { takeProfit: BY_PRICE.takeProfit, stop: { unit: "percent", text: "100" } } as const;
    expect(aimed(draft({}), beyond, d("180"), STOCK).exits?.stopPrice).toBe("");
  });

  it("stay where they are when they are shown in another unit", () => {
    const it = draft({}, { takeProfit: "190", stopPrice: "175" });
    expect(steady("takeProfit", "percent", it, d("180"), STOCK).text).toBe("5.56");
    expect(steady("takeProfit", "ticks", it, d("180"), STOCK).text).toBe("1000");
    expect(steady("takeProfit", "r", it, d("180"), STOCK).text).toBe("2");
    expect(percentAway(d("180"), d("175"))).toBe("2.78");
  });
});

describe("what a bracket risks", () => {
  it("is exact money, the multiplier in it", () => {
    const stock = outlookOf(draft({ quantity: "7" }, { takeProfit: "180.3", stopPrice: "179.9" }), d("180"), STOCK);
    expect(stock).toEqual({ risk: "0.70", reward: "2.10", ratio: "3.00", worst: "1260.00" });
    const future = outlookOf(draft({ quantity: "2" }, { takeProfit: "4410", stopPrice: "4398" }), d("4400"), FUTURE);
    expect(future).toEqual({ risk: "200.00", reward: "1000.00", ratio: "5.00", worst: "440000.00" });
  });

  it("is unknown when it is, and has no end for a short position", () => {
    expect(outlookOf(draft({ quantity: "" }), d("180"), STOCK)).toEqual({ risk: null, reward: null, ratio: null, worst: null });
    expect(outlookOf(draft({ side: "sell" }, { takeProfit: "170", stopPrice: "185" }), d("180"), STOCK)).toEqual({ risk: "50.00", reward: "100.00", ratio: "2.00", worst: null });
    expect(outlookOf(draft({}, { takeProfit: "170", stopPrice: "185" }), d("180"), STOCK)).toMatchObject({ risk: null, reward: null });
  });
});

describe("the ladder", () => {
  const tick = d("0.01");

  it("gives back the tick of every place that it draws", () => {
    const span = spanOf([d("175"), d("180"), d("190")], tick);
    for (const text of ["175", "178.33", "180", "189.99"]) expect(textOf(priceAt(heightOf(d(text), span, tick), span, tick))).toBe(text);
    expect(textOf(priceAt(7, span, tick))).toBe(textOf({ units: span.high, scale: 2 }));
  });

  it("never draws prices of zero and less", () => {
    expect(spanOf([d("0.02"), d("0.05")], tick).low).toBe(1n);
  });

  it("lets a line that is not set wait a percent away, and takes it up there at the first step", () => {
    const [, profit, stop] = linesOf(draft({}), d("180"), tick);
    if (!profit || !stop) throw new Error("no lines");
    expect([textOf(profit.price), textOf(stop.price), profit.isSet]).toEqual(["181.8", "178.2", false]);
    expect(movedBy(profit, 1, tick)).toEqual(profit.price);
    const [, set] = linesOf(draft({}, { takeProfit: "190" }), d("180"), tick);
    expect(set && textOf(movedBy(set, -10, tick) ?? d("1"), 2)).toBe("189.90");
  });

  it("does not let the entry be moved when only the market knows it", () => {
    expect(linesOf(draft({ orderType: "market" }), d("180"), tick)[0]?.canMove).toBe(false);
    expect(linesOf(draft({}), d("180"), tick)[0]?.canMove).toBe(true);
  });
});
