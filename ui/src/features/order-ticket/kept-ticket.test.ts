import { describe, expect, it } from "vitest";
import { NO_EXITS } from "./aims";
import { emptyDraft } from "../../lib/empty-draft";
import { acceptKeptTicket, freshTicket, type KeptTicket } from "./kept-ticket";

const INSTRUMENT = { conId: 265598, symbol: "AAPL", label: "AAPL", name: "Apple Inc", kind: "stock", exchange: "NASDAQ", currency: "USD", multiplier: "1", tick: "0.01", sizeStep: "1", priceDecimals: 2, expiry: null, strike: null, right: null, adjusted: false } as const;

function full(): KeptTicket {
  return {
    ...freshTicket("DU1"),
    instrument: INSTRUMENT,
    aims: { takeProfit: { unit: "r", text: "2" }, stop: { unit: "percent", text: "1.5" } },
    draft: {
      ...emptyDraft("DU1"),
      conId: 265598,
      orderType: "trailLimit",
      tif: "gtd",
      goodTill: 1_900_000_000_000,
      trail: "2",
      trailUnit: "percent",
      handling: { outsideRth: true, hidden: false, displaySize: "100", allOrNone: true, minQuantity: "", ocaGroup: "pair", ocaKind: "reduce" },
      algo: { id: "Vwap", params: { maxPctVol: "10" } },
      conditions: [{ kind: "price", conId: 756733, reaches: "atMost", value: "550", and: false }],
      exits: { ...NO_EXITS, takeProfit: "190" },
    },
  };
}

const thaw = (ticket: unknown): KeptTicket | null => acceptKeptTicket(JSON.parse(JSON.stringify(ticket)));

describe("a kept ticket", () => {
  it("comes back whole, but for what was waived", () => {
    const ticket = full();
    expect(thaw(ticket)).toEqual(ticket);
    expect(thaw({ ...ticket, draft: { ...ticket.draft, waivers: { stalePrice: true, silentWhatIf: true } } })?.draft.waivers).toEqual({ stalePrice: false, silentWhatIf: false });
  });

  it("of an earlier version is taken up with what it has", () => {
    const old = { intent: "i-1", account: "DU1", conId: 265598, side: "sell", quantity: "10", limitPrice: "180", orderType: "limit", tif: "gtc", waivers: { stalePrice: false } };
    const ticket = thaw({ draft: old, instrument: INSTRUMENT });
    expect(ticket?.draft).toEqual({ ...emptyDraft("DU1"), intent: "i-1", conId: 265598, side: "sell", quantity: "10", limitPrice: "180", tif: "gtc" });
  });

  it("with anything wrong in it is let go as a whole", () => {
    const { draft, ...rest } = full();
    const wrong: Record<string, unknown>[] = [
      { orderType: "magic" },
      { tif: 7 },
      { goodTill: "soon" },
      { trailUnit: "pips" },
      { handling: { ...draft.handling, hidden: "yes" } },
      { algo: { id: "Vwap", params: { maxPctVol: 10 } } },
      { conditions: [{ kind: "price" }] },
      { exits: { ...draft.exits, withStop: 1 } },
      { quantity: null },
      { conId: 1.5 },
      { changes: "i-9" },
    ];
    for (const patch of wrong) expect(thaw({ ...rest, draft: { ...draft, ...patch } })).toBeNull();
    for (const value of [null, 7, "ticket", [], {}, { draft: null }]) expect(acceptKeptTicket(value)).toBeNull();
  });

  it("forgets the instrument when it is another's", () => {
    const ticket = full();
    expect(thaw({ ...ticket, instrument: { ...INSTRUMENT, conId: 8314 } })).toMatchObject({ instrument: null, draft: { conId: null } });
  });

  it("that changes an order keeps what was put aside for it", () => {
    const ticket = full();
    const change = { ...ticket, draft: { ...ticket.draft, changes: "i-9", exits: null }, changing: "Buy 10 AAPL at 180.00 in DU1", aside: ticket };
    expect(thaw(change)).toEqual(change);
  });

  it("of a combination comes back with its legs, and not at all when a leg is not what it should be", () => {
    const leg = { conId: 900_001, side: "buy", ratio: 1 } as const;
    const other = { conId: 900_002, side: "sell", ratio: 2 } as const;
    const ticket: KeptTicket = { ...freshTicket("DU1"), draft: { ...emptyDraft("DU1"), legs: [leg, other], limitPrice: "2.50" } };
    expect(thaw(ticket)).toEqual(ticket);
    const broken: readonly unknown[] = [
      [leg, leg],
      [{ ...leg, ratio: 0 }],
      [{ ...leg, ratio: 1.5 }],
      [{ ...leg, ratio: 101 }],
      [{ ...leg, conId: -1 }],
      [{ ...leg, side: "long" }],
      Array.from({ length: 9 }, (_, i) => ({ ...leg, conId: i + 1 })),
      "none",
    ];
    for (const legs of broken) expect(thaw({ ...ticket, draft: { ...ticket.draft, legs } })).toBeNull();
    expect(thaw({ ...ticket, instrument: INSTRUMENT, draft: { ...ticket.draft, conId: INSTRUMENT.conId } })).toBeNull();
  });
});
