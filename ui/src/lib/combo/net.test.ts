import { describe, expect, it } from "vitest";
import type { Figure, Side } from "../../backend/backend";
import { textOf } from "../arithmetic";
import { type LegMarket, limitOf, midOf, naturalOf, type Net, sideOf } from "./net";

const figure = (value: string | null, at = 1000, source: Figure["source"] = "live"): Figure => (value === null ? { value, at: null, source: null } : { value, at, source });

function market(side: Side, ratio: number, bid: string | null, ask: string | null, at = 1000, source: Figure["source"] = "live"): LegMarket {
  return { leg: { conId: 1, side, ratio }, weight: ratio, label: "AAPL 18 Dec 26 180 C", quote: { bid: figure(bid, at, source), ask: figure(ask, at, source), refused: null } };
}

const said = (net: Net): string => (net.known ? textOf(net.price) : net.why);

describe("the price of a combination", () => {
  it("pays the asks of what is bought and gets the bids of what is sold", () => {
    const debit = [market("buy", 1, "4.10", "4.20"), market("sell", 1, "1.65", "1.75")];
    expect(said(naturalOf(debit))).toBe("2.55");
    expect(said(midOf(debit))).toBe("2.45");
    const credit = [market("sell", 1, "4.10", "4.20"), market("buy", 1, "1.65", "1.75")];
    expect(said(naturalOf(credit))).toBe("-2.35");
    expect(said(midOf(credit))).toBe("-2.45");
  });

  it("counts ratios, and is exact where binary fractions are not", () => {
    const legs = [market("buy", 1, "0.1", "0.3"), market("buy", 3, "0.1", "0.1"), market("sell", 2, "0.2", "0.25")];
    expect(said(naturalOf(legs))).toBe("0.2");
    expect(said(midOf(legs))).toBe("0.05");
  });

  it("counts a hundred shares as one, for it is by the share", () => {
    const shares = { ...market("buy", 100, "180.00", "180.02"), weight: 1 };
    const call = market("sell", 1, "3.50", "3.60");
    expect(said(naturalOf([shares, call]))).toBe("176.52");
    expect(said(midOf([shares, call]))).toBe("176.46");
    expect(said(naturalOf([{ ...shares, weight: "Not known" }, call]))).toBe("Not known");
  });

  it("is not known while a leg's quote is missing, and says which", () => {
    const legs = [market("buy", 1, null, "4.20"), market("sell", 1, "1.65", "1.75")];
    expect(said(naturalOf(legs))).toBe("2.55");
    expect(said(midOf(legs))).toBe("No bid of AAPL 18 Dec 26 180 C has come from the gateway yet");
    const [, sold] = legs;
    if (!sold) throw new Error("two legs");
    expect(said(naturalOf([{ ...sold, quote: undefined }, sold]))).toMatch(/^No bid of/);
    const refused = { ...sold, quote: { bid: figure(null), ask: figure(null), refused: "No market data subscription." } };
    expect(said(naturalOf([sold, refused]))).toBe("AAPL 18 Dec 26 180 C: No market data subscription.");
    expect(said(naturalOf([sold]))).toBe("A combination has at least two legs");
  });

  it("is as old as its oldest quote and no better than its worst", () => {
    const mixed = [market("buy", 1, "4.10", "4.20", 900), market("sell", 1, "1.65", "1.75", 800, "delayed")];
    expect(naturalOf(mixed)).toMatchObject({ at: 800, source: "delayed" });
    expect(naturalOf([market("buy", 1, "1", "2", 900), market("sell", 1, "1", "2", 950)])).toMatchObject({ at: 900, source: "live" });
  });

  it("becomes a limit without a sign, on the step that is no worse, and none when nothing is paid", () => {
    const cent = { units: 1n, scale: 2 };
    const nickel = { units: 5n, scale: 2 };
    expect(limitOf({ units: 2525n, scale: 3 }, cent, 2)).toBe("2.52");
    expect(limitOf({ units: -2525n, scale: 3 }, cent, 2)).toBe("2.53");
    expect(limitOf({ units: 2549n, scale: 3 }, nickel, 2)).toBe("2.50");
    expect(limitOf({ units: -2501n, scale: 3 }, nickel, 2)).toBe("2.55");
    expect(limitOf({ units: -12n, scale: 1 }, cent, 2)).toBe("1.20");
    expect(limitOf({ units: 4n, scale: 3 }, cent, 2)).toBeNull();
    expect([sideOf({ units: 1n, scale: 0 }), sideOf({ units: -1n, scale: 2 }), sideOf({ units: 0n, scale: 2 })]).toEqual(["buy", "sell", null]);
  });
});
