import { describe, expect, it } from "vitest";
import type { OrderCatalogue } from "../../../backend/backend";
import catalogue from "../../../backend/fake/catalogue.json";
import { expiryOf } from "./expiry";
import { findLegs } from "./find";
import { isCombination, legsOf, type NamedInput, type WantedLeg } from "./named";
import { type OptionLeg, stockName, strategyName } from "../../../lib/combo/strategy";

const { strategies } = catalogue as unknown as OrderCatalogue;
const TYPED = { "expiry-0": "2026-12-18", "expiry-1": "2027-01-15", "strike-0": "170", "strike-1": "180", "strike-2": "190", "strike-3": "200" };

function legsNamed(id: string, input: Partial<NamedInput> = {}) {
  const strategy = strategies.find((one) => one.id === id);
  if (!strategy) throw new Error(id);
  return legsOf(strategy, { typed: TYPED, right: "call", side: "buy", ...input });
}

function optionsIn(legs: readonly WantedLeg[]): OptionLeg[] {
  return legs.filter((leg) => leg.kind === "option").map((leg) => ({ ...leg, symbol: "AAPL" }));
}

describe("a strategy by its name", () => {
  it.each([
    ["coveredCall", "Covered call"],
    ["protectivePut", "Protective put"],
    ["collar", "Collar"],
  ])("%s buys shares and is recognised as a %s", (id, name) => {
    const typed = { ...TYPED };
    const [bought, sold] = [legsNamed(id, { typed }), legsNamed(id, { typed, side: "sell" })];
    if (!bought.ok || !sold.ok) throw new Error(id);
    const stock = (legs: readonly WantedLeg[]) => legs.filter((leg) => leg.kind === "stock").map(({ side }) => side);
    expect([stock(bought.legs), stock(sold.legs)]).toEqual([["buy"], ["sell"]]);
    expect(stockName("buy", optionsIn(bought.legs))).toBe(name);
    expect(stockName("sell", optionsIn(sold.legs))).toBeNull();
  });

  it.each([
    ["vertical", "Bull call spread", "Bear call spread"],
    ["straddle", "Long straddle", "Short straddle"],
    ["strangle", "Long strangle", "Short strangle"],
    ["butterfly", "Long call butterfly", "Short call butterfly"],
    ["ironButterfly", "Iron butterfly", "Reverse iron butterfly"],
    ["condor", "Long call condor", "Short call condor"],
    ["ironCondor", "Iron condor", "Reverse iron condor"],
    ["calendar", "Long call calendar", "Short call calendar"],
    ["diagonal", "Long call diagonal", "Short call diagonal"],
    ["ratio", "Call ratio spread, 1 bought against 2 sold", "Call ratio spread, 2 bought against 1 sold"],
    ["box", "Long box", "Short box"],
  ])("%s makes legs that are recognised as a %s, and sold as a %s", (id, bought, sold) => {
    const nameOf = (side: "buy" | "sell") => {
      const made = legsNamed(id, { side });
      return made.ok ? strategyName(optionsIn(made.legs)) : made.says;
    };
    expect(nameOf("buy")).toBe(bought);
    expect(nameOf("sell")).toBe(sold);
  });

  it("is offered where it has more than one leg", () => {
    const others = strategies.filter((plan) => !isCombination(plan)).map(({ id }) => id);
    expect(others).toEqual(["single", "cashSecuredPut"]);
  });

  it("names the field that is wrong", () => {
    expect(legsNamed("vertical", { typed: { ...TYPED, "expiry-0": "soon" } })).toMatchObject({ ok: false, field: "expiry-0" });
    expect(legsNamed("vertical", { typed: { ...TYPED, "strike-1": "-180" } })).toMatchObject({ ok: false, field: "strike-1", says: "“-180” is no strike." });
    expect(legsNamed("vertical", { typed: { ...TYPED, "strike-1": "170.0" } })).toMatchObject({ ok: false, field: "strike-1", says: "The two strikes are the same." });
    expect(legsNamed("ironCondor", { typed: { ...TYPED, "strike-2": "175" } })).toMatchObject({ ok: false, field: "strike-2", says: "The strikes have to rise from one to the next." });
    expect(legsNamed("calendar", { typed: { ...TYPED, "expiry-1": "2026-12-18" } })).toMatchObject({ ok: false, field: "expiry-1" });
  });

  it("takes the option that was meant and no other", async () => {
    const wanted = legsNamed("straddle");
    if (!wanted.ok) throw new Error(wanted.says);
    const option = (conId: number, right: "call" | "put", strike: string, adjusted = false) => ({
      conId, symbol: "AAPL", label: `AAPL ${strike} ${right}`, name: null, kind: "option" as const, exchange: "SMART", currency: "USD", multiplier: "100", tick: "0.01", sizeStep: "1", priceDecimals: 2, expiry: "20261218", strike, right, adjusted,
    });
    const world = (found: Readonly<Record<string, readonly ReturnType<typeof option>[]>>) => ({
      search: async (pattern: string) => [...(found[pattern] ?? [])],
      instrument: async (conId: number) => Object.values(found).flat().find((one) => one.conId === conId) ?? option(0, "call", "0"),
    });
    const call = option(1, "call", "170.0");
    const put = option(2, "put", "170");
    const both = { "AAPL 20261218 170 C": [call], "AAPL 20261218 170 P": [put] };
    expect(await findLegs(world(both), "AAPL", wanted.legs)).toMatchObject({ ok: true, legs: [{ conId: 1 }, { conId: 2 }] });
    expect(await findLegs(world({ ...both, "AAPL 20261218 170 P": [option(3, "put", "172.5")] }), "AAPL", wanted.legs)).toEqual({ ok: false, says: ["There is no option AAPL 20261218 170 P."] });
    expect(await findLegs(world({ ...both, "AAPL 20261218 170 P": [put, option(4, "put", "170")] }), "AAPL", wanted.legs)).toMatchObject({ ok: false, says: [expect.stringContaining("is the name of 2 options")] });
    // One that a split left behind has the same spelled name, and is never what was meant.
    expect(await findLegs(world({ ...both, "AAPL 20261218 170 P": [option(5, "put", "170", true), put] }), "AAPL", wanted.legs)).toMatchObject({ ok: true, legs: [{ conId: 1 }, { conId: 2 }] });
    expect(await findLegs(world({ ...both, "AAPL 20261218 170 P": [option(5, "put", "170", true)] }), "AAPL", wanted.legs)).toMatchObject({ ok: false });
  });
});

describe("an expiry as typed", () => {
  it("is read in the ways that people write it", () => {
    for (const text of ["20261218", "2026-12-18", "2026/12/18", "18 Dec 26", "18DEC2026", "18dec26"]) expect(expiryOf(text)).toBe("20261218");
  });

  it("has to be a day of the calendar", () => {
    for (const text of ["", "20261131", "2026-13-01", "31 Feb 27", "18 Dez 26", "Dec 26", "261218"]) expect(expiryOf(text)).toBeNull();
  });
});
