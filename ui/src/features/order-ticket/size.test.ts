import { describe, expect, it } from "vitest";
import type { AccountView, DraftInput, Figure, InstrumentView } from "../../backend/backend";
import { typed } from "../../lib/arithmetic";
import { NO_EXITS } from "./aims";
import { emptyDraft } from "../../lib/empty-draft";
import { sizeOf, type SizeWay, type UsualRange } from "./size";

const STOCK: InstrumentView = { conId: 1, symbol: "AAPL", label: "AAPL", name: null, kind: "stock", exchange: "NASDAQ", currency: "USD", multiplier: "1", tick: "0.01", sizeStep: "1", priceDecimals: 2, expiry: null, strike: null, right: null };
const NONE = { units: 0n, scale: 0 };
const told = (value: string | null): Figure => ({ value, at: 1, source: "live" });

function account(patch: Partial<AccountView> = {}): AccountView {
  return { id: "DU1", kind: "individual", currency: "USD", netLiquidation: told("100000.55"), settledCash: told("5000"), ...patch } as AccountView;
}

function size(way: SizeWay, text: string, patch: { account?: AccountView; instrument?: InstrumentView; draft?: Partial<DraftInput>; entry?: string | null; range?: UsualRange; held?: string } = {}) {
  const draft = { ...emptyDraft("DU1"), ...patch.draft };
  const entry = patch.entry === null ? null : typed(patch.entry ?? "180");
  return sizeOf(way, text, { draft, account: patch.account ?? account(), instrument: patch.instrument ?? STOCK, entry, range: patch.range, held: patch.held });
}

describe("a size that is reckoned", () => {
  it("is rounded down to the size step, never up", () => {
    expect(size("money", "10000")).toEqual({ ok: true, quantity: "55", sum: ["10,000.00 ÷ 180.00 each = 55"] });
    expect(size("money", "100000", { instrument: { ...STOCK, sizeStep: "100" } })).toMatchObject({ quantity: "500" });
    expect(size("money", "100", { instrument: { ...STOCK, sizeStep: "0.0001" } })).toMatchObject({ quantity: "0.5555" });
    expect(size("money", "179.99")).toMatchObject({ ok: false, why: expect.stringContaining("less than one step") });
  });

  it("shows the whole sum, from the account's worth on", () => {
    expect(size("share", "2.5")).toEqual({ ok: true, quantity: "13", sum: ["100,000.55 × 2.5 % = 2,500.01 USD", "2,500.01 ÷ 180.00 each = 13"] });
  });

  it("loses at the stop no more than was said, the multiplier in it", () => {
    const exits = { ...NO_EXITS, stopPrice: "175" };
    expect(size("risk", "1", { draft: { exits } })).toMatchObject({ quantity: "200", sum: ["100,000.55 × 1 % = 1,000.01 USD", "1,000.01 ÷ 5.00 at risk each = 200"] });
    const future = { ...STOCK, kind: "future" as const, multiplier: "50", tick: "0.25" };
    expect(size("risk", "1", { instrument: future, entry: "4400", draft: { exits: { ...NO_EXITS, stopPrice: "4395" } } })).toMatchObject({ quantity: "4" });
    expect(size("risk", "1", { draft: { exits: { ...NO_EXITS, stopPrice: "185" } } })).toMatchObject({ ok: false });
  });

  it("may risk a multiple of the usual range, every step of it shown", () => {
    const range = { average: typed("3.1234") ?? NONE, days: 14, times: "2" };
    expect(size("risk", "1", { range })).toEqual({
      ok: true,
      quantity: "160",
      sum: [
        "100,000.55 × 1 % = 1,000.01 USD",
        "Average true range of 14 days 3.1234 × 2 = 6.2468",
        "A stop that far from 180.00 lies at 173.7532",
        "1,000.01 ÷ 6.2468 at risk each = 160",
      ],
    });
    expect(size("risk", "1", { range: { ...range, times: "0" } })).toMatchObject({ ok: false });
    expect(size("risk", "1", { range: { why: "No days are known." } })).toEqual({ ok: false, why: "No days are known." });
  });

  it("says what is held already", () => {
    expect(size("money", "10000", { held: "40" })).toMatchObject({ sum: [expect.anything(), "The account holds 40 already; with this 95"] });
    expect(size("money", "10000", { held: "40", draft: { side: "sell" } })).toMatchObject({ sum: [expect.anything(), "The account holds 40 already; with this −15"] });
    expect(size("money", "10000", { held: "0" })).toMatchObject({ sum: ["10,000.00 ÷ 180.00 each = 55"] });
  });

  it("says of a future that its margin tells what it takes, in an IRA twice the usual", () => {
    const future = { ...STOCK, kind: "future" as const, multiplier: "50" };
    const sums = (kind: AccountView["kind"]) => {
      const sized = size("money", "500000", { instrument: future, entry: "4400", account: account({ kind }) });
      return sized.ok ? sized.sum.at(-1) : sized.why;
    };
    expect(sums("individual")).toMatch(/margin, which the preview tells$/);
    expect(sums("rothIra")).toMatch(/twice the usual margin$/);
  });

  it("is held to settled cash where nothing can be borrowed, for purchases", () => {
    const roth = account({ kind: "rothIra" });
    expect(size("money", "10000", { account: roth })).toMatchObject({ quantity: "27", sum: [expect.anything(), "Settled cash of 5,000.00 pays for 27 at most"] });
    expect(size("money", "10000", { account: roth, draft: { side: "sell" } })).toMatchObject({ quantity: "55" });
    expect(size("money", "1000", { account: account({ kind: "rothIra", settledCash: told(null) }) })).toMatchObject({ ok: false, why: expect.stringContaining("settled cash of DU1 is not known") });
  });

  it("says what is missing rather than taking it for something", () => {
    expect(size("share", "1", { account: account({ netLiquidation: told(null) }) })).toEqual({ ok: false, why: "The net liquidation value of DU1 is not known." });
    expect(size("share", "1", { account: account({ currency: "EUR" }) })).toMatchObject({ ok: false, why: expect.stringContaining("no rate between them") });
    expect(size("money", "1000", { entry: null })).toMatchObject({ ok: false, why: "No price is known: type one." });
    expect(size("money", "1e5")).toMatchObject({ ok: false });
    expect(size("money", "1000", { instrument: { ...STOCK, sizeStep: null } })).toMatchObject({ ok: false });
  });
});
