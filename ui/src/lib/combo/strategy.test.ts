import { describe, expect, it } from "vitest";
import type { InstrumentView, LegInput } from "../../backend/backend";
import type { KnownLegs } from "./known";
import strategies from "./strategies.json";
import { comboName } from "./strategy";

const STOCK: InstrumentView = { conId: 1, symbol: "AAPL", label: "AAPL", name: null, kind: "stock", exchange: "NASDAQ", currency: "USD", multiplier: "1", tick: "0.01", sizeStep: "1", priceDecimals: 2, expiry: null, strike: null, right: null, adjusted: false };

/** `+1 180 C`, `-2 190 P 20270115`, `+100 stock`. */
function instrumentOf(text: string, conId: number): InstrumentView {
  const [, strike = "", right, expiry = "20261218"] = text.split(" ");
  if (strike === "stock") return { ...STOCK, conId };
  return { ...STOCK, conId, label: text, kind: "option", multiplier: "100", strike, right: right === "C" ? "call" : "put", expiry };
}

function leg(text: string, i: number): LegInput {
  return { conId: i + 1, side: text.startsWith("+") ? "buy" : "sell", ratio: Number(text.split(" ")[0]?.slice(1)) };
}

/** What the page calls these legs, in the order that they are picked in. */
function named(texts: readonly string[]): string {
  const legs = texts.map(leg);
  const known: KnownLegs = new Map(texts.map((text, i) => [i + 1, { instrument: instrumentOf(text, i + 1) }]));
  return comboName(legs, known);
}

describe("a name that the page gives before any answer comes", () => {
  it.each(Object.entries(strategies))("%s is what the program calls these legs too", (name, all) => {
    const others = all.filter((text) => named(text.split(", ")) !== name || named(text.split(", ").toReversed()) !== name);
    expect(others).toEqual([]);
  });

  it("is custom while a leg is not known, for one leg, and for legs on different underlyings", () => {
    expect(comboName([leg("+1 180 C", 0), leg("-1 190 C", 1)], new Map([[1, { instrument: instrumentOf("+1 180 C", 1) }]]))).toBe("Custom, 2 legs");
    expect(named(["+1 180 C"])).toBe("Custom, 1 leg");
    const [low, high] = [instrumentOf("+1 180 C", 1), { ...instrumentOf("-1 190 C", 2), symbol: "MSFT" }];
    expect(comboName([leg("+1 180 C", 0), leg("-1 190 C", 1)], new Map([low, high].map((instrument) => [instrument.conId, { instrument }])))).toBe("Custom, 2 legs");
  });
});
