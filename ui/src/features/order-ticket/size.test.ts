import { describe, expect, it } from "vitest";
import type { AccountView, DraftInput, Figure, InstrumentView, SizeFactsView } from "../../backend/backend";
import { typed } from "../../lib/arithmetic";
import { NO_EXITS } from "./aims";
import { emptyDraft } from "../../lib/empty-draft";
import { sizeOf, type SizeWay } from "./size";
import type { SizeFacts, UsualRange } from "./size-facts";

const STOCK: InstrumentView = { conId: 1, symbol: "AAPL", label: "AAPL", name: null, kind: "stock", exchange: "NASDAQ", currency: "USD", multiplier: "1", tick: "0.01", sizeStep: "1", priceDecimals: 2, expiry: null, strike: null, right: null, adjusted: false };
const NONE = { units: 0n, scale: 0 };
const told = (value: string | null): Figure => ({ value, at: 1, source: "live" });

function account(patch: Partial<AccountView> = {}): AccountView {
  return { id: "DU1", kind: "individual", currency: "USD", netLiquidation: told("100000.55"), settledCash: told("5000"), totalCash: told("5000"), buyingPower: told("400000"), availableFunds: told("90000"), ...patch } as AccountView;
}

const PAYS: SizeFactsView = { account: "DU1", paysWith: "margin", workingBuys: "0", hasSoldOptions: false, marketCushion: "0.05" };
const SETTLED: SizeFactsView = { ...PAYS, paysWith: "settledCash" };

interface Patch {
  readonly account?: AccountView;
  readonly instrument?: InstrumentView;
  readonly draft?: Partial<DraftInput>;
  readonly entry?: string | null;
  readonly range?: UsualRange;
  readonly held?: string | null;
  readonly withHeld?: boolean;
  readonly pays?: SizeFacts["pays"];
}

/** The size with its sum as plain lines. */
function size(way: SizeWay, text: string, patch: Patch = {}) {
  const draft = { ...emptyDraft("DU1"), limitPrice: "180", ...patch.draft };
  const entry = patch.entry === null ? null : typed(patch.entry ?? "180");
  const held = patch.held === undefined ? undefined : told(patch.held);
  const sized = sizeOf(way, text, { draft, account: patch.account ?? account(), instrument: patch.instrument ?? STOCK, entry, range: patch.range, held, withHeld: patch.withHeld, pays: patch.pays ?? PAYS });
  return { ...sized, sum: sized.sum.map(({ says }) => says) };
}

/** The line of the sum that says this. */
function line(way: SizeWay, text: string, patch: Patch, says: RegExp): string | undefined {
  return size(way, text, patch).sum.find((each) => says.test(each));
}

describe("a size that is reckoned", () => {
  it("is rounded down to the size step, never up", () => {
    expect(size("money", "10000")).toMatchObject({ ok: true, quantity: "55", sum: ["Entry 180.00, as typed", "10,000.00 ÷ 180.00 each = 55", expect.stringContaining("Buying power"), expect.anything(), "55 × 180.00 = 9,900.00 USD"] });
    expect(size("money", "100000", { instrument: { ...STOCK, sizeStep: "100" } })).toMatchObject({ quantity: "500" });
    expect(line("money", "100000", { instrument: { ...STOCK, sizeStep: "100" } }, /÷/)).toBe("100,000.00 ÷ 180.00 each = 500, in steps of 100");
    expect(size("money", "100", { instrument: { ...STOCK, sizeStep: "0.0001" } })).toMatchObject({ quantity: "0.5555" });
    expect(size("money", "179.99")).toMatchObject({ ok: false, why: expect.stringContaining("less than one step") });
  });

  it("shows the whole sum, from the account's worth on, each figure of the broker's with its moment", () => {
    expect(size("share", "2.5").sum.slice(0, 3)).toEqual(["Entry 180.00, as typed", "Net liquidation 100,000.55 × 2.5 % = 2,500.01 USD", "2,500.01 ÷ 180.00 each = 13"]);
    const { sum } = sizeOf("share", "2.5", { draft: emptyDraft("DU1"), account: account(), instrument: STOCK, entry: typed("180"), entryFrom: { at: 7, source: "delayed" }, pays: PAYS });
    expect(sum[0]).toEqual({ says: "Entry 180.00", from: { at: 7, source: "delayed" } });
    expect(sum[1]?.from).toMatchObject({ at: 1, source: "live" });
  });

  it("loses at the stop no more than was said, the multiplier in it", () => {
    const exits = { ...NO_EXITS, stopPrice: "175" };
    expect(size("risk", "1", { draft: { exits } })).toMatchObject({
      quantity: "200",
      sum: expect.arrayContaining(["The stop at 175.00 lies 5.00 from the entry", "1,000.01 ÷ 5.00 at risk each = 200", "200 × 180.00 = 36,000.00 USD; at the stop 1,000.00 of it is lost"]),
    });
    const future = { ...STOCK, kind: "future" as const, multiplier: "50", tick: "0.25" };
    const es = { instrument: future, entry: "4400", draft: { limitPrice: "4400", exits: { ...NO_EXITS, stopPrice: "4395" } } };
    expect(size("risk", "1", es)).toMatchObject({ quantity: "4" });
    expect(line("risk", "1", es, /^Entry/)).toBe("Entry 4,400.00, as typed × 50 = 220,000.00 each");
    expect(size("risk", "1", { draft: { exits: { ...NO_EXITS, stopPrice: "185" } } })).toMatchObject({ ok: false });
  });

  it("may risk a multiple of the usual range, every step of it shown", () => {
    const range = { average: typed("3.1234") ?? NONE, days: 14, times: "2" };
    expect(size("risk", "1", { range })).toMatchObject({
      ok: true,
      quantity: "160",
      sum: expect.arrayContaining(["Average true range of 14 days 3.1234 × 2 = 6.2468", "A stop that far from 180.00 lies at 173.7532", "1,000.01 ÷ 6.2468 at risk each = 160"]),
    });
    expect(size("risk", "1", { range: { ...range, times: "0" } })).toMatchObject({ ok: false });
    expect(size("risk", "1", { range: { ...range, times: "60" } })).toMatchObject({ ok: false, why: expect.stringContaining("at or below zero") });
    expect(size("risk", "1", { range: { why: "No days are known." } })).toMatchObject({ ok: false, why: "No days are known." });
  });

  it("says what is held already", () => {
    expect(line("money", "10000", { held: "40" }, /holds/)).toBe("The account holds 40 already; with this 95");
    expect(line("money", "10000", { held: "40", draft: { side: "sell" } }, /holds/)).toBe("The account holds 40 already; with this −15");
    expect(line("money", "10000", { held: "0" }, /holds/)).toBeUndefined();
  });

  it("says of a future that its margin tells what it takes, in an IRA twice the usual", () => {
    const future = { ...STOCK, kind: "future" as const, multiplier: "50" };
    const said = (kind: AccountView["kind"]) => line("money", "500000", { instrument: future, entry: "4400", account: account({ kind }) }, /margin/);
    expect(said("individual")).toMatch(/margin, which the preview tells$/);
    expect(said("rothIra")).toMatch(/twice the usual margin$/);
  });

  it("says what is missing rather than taking it for something", () => {
    expect(size("share", "1", { account: account({ netLiquidation: told(null) }) })).toMatchObject({ ok: false, why: "The net liquidation value of DU1 is not known." });
    expect(size("share", "1", { account: account({ currency: "EUR" }) })).toMatchObject({ ok: false, why: expect.stringContaining("no rate between them") });
    expect(size("money", "1000", { entry: null })).toMatchObject({ ok: false, why: "No price is known: type one." });
    expect(size("money", "1e5")).toMatchObject({ ok: false });
    expect(size("money", "1000", { instrument: { ...STOCK, sizeStep: null } })).toMatchObject({ ok: false });
    expect(size("money", "1000", { pays: { why: "Asking." } })).toMatchObject({ ok: false, why: "Asking." });
  });
});

describe("what the account pays with", () => {
  it("is settled cash where nothing can be borrowed, with commission kept back; said even when it is enough", () => {
    expect(size("money", "10000", { pays: SETTLED })).toMatchObject({ quantity: "27" });
    expect(line("money", "10000", { pays: SETTLED }, /Settled/)).toBe("Settled cash of 5,000.00 pays for 27 at most, commission kept back: that is the limit");
    expect(line("money", "1000", { pays: SETTLED }, /Settled/)).toMatch(/: enough$/);
    // Twenty at 250 would be all of it, and the commission is due too.
    expect(size("money", "10000", { pays: SETTLED, entry: "250" })).toMatchObject({ quantity: "19" });
    expect(size("money", "10000", { pays: SETTLED, draft: { side: "sell" } })).toMatchObject({ quantity: "55" });
  });

  it("is less what working purchases may cost, and never more than all cash", () => {
    expect(size("money", "10000", { pays: { ...SETTLED, workingBuys: "1800" } })).toMatchObject({ quantity: "17" });
    expect(line("money", "10000", { pays: { ...SETTLED, workingBuys: "1800" } }, /Settled/)).toContain("less 1,800.00 that working purchases may cost");
    expect(line("money", "10000", { pays: SETTLED, account: account({ totalCash: told("1000") }) }, /Cash of/)).toMatch(/^Cash of 1,000.00 pays for 5 at most/);
    expect(size("money", "10000", { pays: { ...SETTLED, workingBuys: null } })).toMatchObject({ ok: false, why: expect.stringContaining("working purchases") });
    expect(size("money", "1000", { pays: SETTLED, account: account({ settledCash: told(null) }) })).toMatchObject({ ok: false, why: expect.stringContaining("settled cash of DU1 is not known") });
    expect(size("money", "1000", { pays: { ...SETTLED, workingBuys: "9000" } })).toMatchObject({ ok: false });
  });

  it("leaves room for the market to move where the order has no limit", () => {
    expect(size("money", "10000", { pays: SETTLED, draft: { orderType: "market", limitPrice: "" } })).toMatchObject({ quantity: "26" });
    expect(line("money", "10000", { pays: SETTLED, draft: { orderType: "market", limitPrice: "" } }, /Settled/)).toContain("5 % for an order without a limit");
  });

  it("is buying power where it may borrow, and funds where an option is bought", () => {
    expect(size("share", "500")).toMatchObject({ quantity: "2222", sum: expect.arrayContaining([expect.stringMatching(/^Buying power of 400,000.00 pays for 2,222 at most/), expect.stringContaining("the preview tells")]) });
    const option = { ...STOCK, kind: "option" as const, multiplier: "100" };
    expect(line("money", "90000", { instrument: option, entry: "5", draft: { limitPrice: "5" } }, /funds/)).toMatch(/^Available funds of 90,000.00 pays for 179 at most/);
    // Without it the preview is the judge.
    expect(size("money", "10000", { account: account({ buyingPower: told(null) }) })).toMatchObject({ ok: true, quantity: "55", sum: expect.arrayContaining([expect.stringContaining("buying power of DU1 is not known")]) });
  });

  it("says what it leaves out", () => {
    expect(line("money", "1000", { pays: { ...SETTLED, hasSoldOptions: true } }, /sold options/)).toContain("the rules check");
    expect(line("money", "1000", { pays: { ...PAYS, paysWith: "cash" } }, /not settled/)).toContain("must not be sold before it settles");
  });
});

describe("the risk that is carried already", () => {
  const exits = { ...NO_EXITS, stopPrice: "175" };

  it("is what the position loses to the same stop", () => {
    expect(line("risk", "1", { draft: { exits }, held: "40" }, /carry/)).toBe("The 40 held already carry 200.00 to that stop, 0.19 % of net liquidation");
    expect(size("risk", "1", { draft: { exits }, held: "40" })).toMatchObject({ quantity: "200" });
  });

  it("comes off what may be lost when the position shares in it", () => {
    const shared = size("risk", "1", { draft: { exits }, held: "40", withHeld: true });
    expect(shared).toMatchObject({ ok: true, quantity: "160" });
    expect(shared.sum).toContain("The 40 held already carry 200.00 to that stop, 0.19 % of net liquidation: 800.01 of 1,000.01 is left");
  });

  it("leaves nothing when the position carries all of it", () => {
    expect(size("risk", "1", { draft: { exits }, held: "300", withHeld: true })).toMatchObject({ ok: false, why: expect.stringContaining("nothing of 1,000.01 is left") });
  });

  it("is none of an order that goes the other way, and unknown while the position is", () => {
    expect(line("risk", "1", { draft: { exits }, held: "-40", withHeld: true }, /other way/)).toBe("The 40 that are short go the other way: this order first closes them");
    expect(size("risk", "1", { draft: { exits }, held: null })).toMatchObject({ ok: true, quantity: "200", sum: expect.arrayContaining(["How many the account holds is not known yet."]) });
    expect(size("risk", "1", { draft: { exits }, held: null, withHeld: true })).toMatchObject({ ok: false });
  });
});
