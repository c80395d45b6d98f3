import { describe, expect, it } from "vitest";
import { parseDecimal } from "../decimal";
import { type OptionLeg, strategyName } from "./strategy";

/** `+1 180 C`, `-2 190 P 20270115`: ratio, strike, right and, when it is another, expiry. */
function leg(text: string): OptionLeg {
  const [ratio = "", strike = "", right, expiry = "20261218"] = text.split(" ");
  return {
    symbol: "AAPL",
    side: ratio.startsWith("+") ? "buy" : "sell",
    ratio: Number(ratio.slice(1)),
    strike: parseDecimal(strike) ?? { units: 0n, scale: 0 },
    right: right === "C" ? "call" : "put",
    expiry,
  };
}

const flipped = (one: OptionLeg): OptionLeg => ({ ...one, side: one.side === "buy" ? "sell" : "buy" });

const NAMES: readonly (readonly [string, string, string])[] = [
  // Legs, their name, and the name with every side turned.
  ["+1 180 C, -1 190 C", "Bull call spread", "Bear call spread"],
  ["+1 180 P, -1 190 P", "Bull put spread", "Bear put spread"],
  ["+1 180 C, -2 190 C", "Call ratio spread, 1 bought against 2 sold", "Call ratio spread, 2 bought against 1 sold"],
  ["+3 180 P, -2 190 P", "Put ratio spread, 3 bought against 2 sold", "Put ratio spread, 2 bought against 3 sold"],
  ["+1 180 C, +1 180.0 P", "Long straddle", "Short straddle"],
  ["+1 170 P, +1 190 C", "Long strangle", "Short strangle"],
  ["+1 190 P, +1 170 C", "Custom, 2 legs", "Custom, 2 legs"],
  ["+1 180 C, -1 180 P", "Custom, 2 legs", "Custom, 2 legs"],
  ["+1 180 C, +1 190 C", "Custom, 2 legs", "Custom, 2 legs"],
  ["-1 180 C, +1 180 C 20270115", "Long call calendar", "Short call calendar"],
  ["-1 180 P, +1 175 P 20270115", "Long put diagonal", "Short put diagonal"],
  ["-1 180 C, +2 180 C 20270115", "Custom, 2 legs", "Custom, 2 legs"],
  ["+1 170 C, -2 180 C, +1 190 C", "Long call butterfly", "Short call butterfly"],
  ["+1 170 P, -2 180 P, +1 195 P", "Long put butterfly, wings not equal", "Short put butterfly, wings not equal"],
  ["+1 170 C, -2 180 P, +1 190 C", "Custom, 3 legs", "Custom, 3 legs"],
  ["+1 170 C, -3 180 C, +1 190 C", "Custom, 3 legs", "Custom, 3 legs"],
  ["+1 170 C, -1 180 C, -1 190 C, +1 200 C", "Long call condor", "Short call condor"],
  ["+1 170 P, -1 180 P, -1 190 C, +1 200 C", "Iron condor", "Reverse iron condor"],
  ["+1 170 P, -1 180 P, -1 190 C, +1 205 C", "Iron condor, wings not equal", "Reverse iron condor, wings not equal"],
  ["+1 170 P, -1 180 P, -1 180 C, +1 190 C", "Iron butterfly", "Reverse iron butterfly"],
  ["+1 180 C, -1 190 C, +1 190 P, -1 180 P", "Long box", "Short box"],
  ["+1 180 C, -1 190 C, -1 190 P, +1 180 P", "Custom, 4 legs", "Custom, 4 legs"],
  ["+1 170 P, -2 180 P, -1 190 C, +1 200 C", "Custom, 4 legs", "Custom, 4 legs"],
  ["+1 170 P, -1 180 P, -1 190 C, +1 200 C 20270115", "Custom, 4 legs", "Custom, 4 legs"],
  ["+1 180 C", "Custom, 1 leg", "Custom, 1 leg"],
];

describe("a strategy's name", () => {
  it.each(NAMES)("%s is a %s, and turned round a %s, in whatever order the legs are", (text, name, turned) => {
    const legs = text.split(", ").map(leg);
    expect(strategyName(legs)).toBe(name);
    expect(strategyName(legs.toReversed())).toBe(name);
    expect(strategyName(legs.map(flipped))).toBe(turned);
  });

  it("is not made of legs on different underlyings", () => {
    const [low, high] = ["+1 180 C", "-1 190 C"].map(leg);
    if (!low || !high) throw new Error("two legs");
    expect(strategyName([low, { ...high, symbol: "MSFT" }])).toBe("Custom, 2 legs");
  });
});
