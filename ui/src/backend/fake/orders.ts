import type { DraftInput, OrderView, PreviewView, TroubleView } from "../bindings";
import { instrumentOf, orderedOf } from "./portfolio";

export function orderOf(preview: PreviewView, draft: DraftInput, key: string, now: number): OrderView {
  return {
    key,
    intent: draft.intent,
    madeElsewhere: null,
    family: null,
    account: draft.account,
    instrument: orderedOf(draft),
    side: draft.side,
    quantity: draft.quantity,
    orderType: preview.orderType,
    limitPrice: preview.limitPrice,
    stopPrice: draft.stopPrice === "" ? null : draft.stopPrice,
    tif: draft.tif,
    how: preview.limitPrice === null ? "at the market" : `at ${preview.limitPrice} or better`,
    state: "working",
    says: "The broker has it and works it.",
    filled: "0",
    remaining: draft.quantity,
    averagePrice: null,
    commission: null,
    commissionCurrency: null,
    commissionPending: false,
    realizedPnl: null,
    executions: [],
    notes: [],
    trouble: null,
    since: now,
    updated: now,
    canChange: true,
    canCancel: true,
    permId: "1873001211",
  };
}

function sample(key: string, now: number, patch: Partial<OrderView>): OrderView {
  return {
    key,
    intent: `i-${key}`,
    madeElsewhere: null,
    family: null,
    account: "DU1000001",
    instrument: instrumentOf(265598),
    side: "buy",
    quantity: "10",
    orderType: "LMT",
    limitPrice: "180.00",
    stopPrice: null,
    tif: "day",
    how: "at 180.00 or better, today",
    state: "working",
    says: "Working: nothing filled yet.",
    filled: "0",
    remaining: "10",
    averagePrice: null,
    commission: null,
    commissionCurrency: null,
    commissionPending: false,
    realizedPnl: null,
    executions: [],
    notes: [],
    trouble: null,
    since: now,
    updated: now,
    canChange: true,
    canCancel: true,
    permId: "1873001200",
    ...patch,
  };
}

const OFF_STEP: TroubleView = {
  says: "The price is not on the market's price step.",
  advice: "On the step and on the safe side: 180.01.",
  code: 110,
  original: "The price does not conform to the minimum price variation for this contract.",
  mends: [{ type: "price", limit: "180.01", stop: null }],
};

const SHORT: TroubleView = {
  says: "These shares can't be sold short in this account.",
  advice: "Sell no more than is held, or choose an account that may sell short.",
  code: 201,
  original: "Order rejected - reason:Short stock positions can not be held in an IRA or cash account.",
  mends: [{ type: "quantity", quantity: "40" }, { type: "account" }],
};

const READ_ONLY: TroubleView = {
  says: "The gateway's API is read-only.",
  advice: 'Untick "Read-Only API" in its API settings.',
  code: 321,
  original: "Error validating request.-'bO' : cause - The API interface is currently in Read-Only mode.",
  mends: [{ type: "readOnly" }, { type: "again" }],
};

/** Refused orders of other kinds than the sample's. */
export function refusedOrders(now: number): OrderView[] {
  const refused = { state: "rejected", canChange: false, canCancel: false } as const;
  return [
    sample("o-81", now - 20_000, { ...refused, account: "DU1000002", side: "sell", quantity: "100", remaining: "100", trouble: SHORT }),
    sample("o-82", now - 25_000, { ...refused, trouble: READ_ONLY }),
  ];
}

/** One order of every kind worth looking at. */
export function sampleOrders(now: number): OrderView[] {
  const fill = (execId: string, quantity: string, price: string, commission: string | null) => ({
    execId,
    at: now - 40_000,
    quantity,
    price,
    commission,
    commissionCurrency: commission === null ? null : "USD",
    realizedPnl: null,
    liquidity: "removed" as const,
  });
  return [
    sample("o-91", now - 10_000, { state: "unknown", says: "The link was lost before the broker answered.", canChange: false, canCancel: false }),
    sample("o-92", now - 60_000, {
      state: "partlyFilled",
      says: "Partly filled: 4 of 10.",
      filled: "4",
      remaining: "6",
      averagePrice: "179.985",
      commission: "1.00",
      commissionCurrency: "USD",
      commissionPending: true,
      executions: [fill("0000e1a7.01", "3", "179.98", "1.00"), fill("0000e1a7.02", "1", "180.00", null)],
    }),
    sample("o-93", now - 90_000, { intent: null, madeElsewhere: "Made in TWS", canChange: false, canCancel: false, account: "DU1000003", instrument: instrumentOf(756733), side: "sell", limitPrice: "571.20", tif: "gtc", how: "at 571.20 or better, until cancelled" }),
    sample("o-94", now - 600_000, {
      state: "filled",
      says: "Filled: 10 at 421.44.",
      instrument: instrumentOf(272093),
      orderType: "MKT",
      limitPrice: null,
      how: "at the market, today",
      filled: "10",
      remaining: "0",
      averagePrice: "421.44",
      commission: "1.00",
      commissionCurrency: "USD",
      executions: [fill("0000e1a8.01", "10", "421.44", "1.00")],
      canChange: false, canCancel: false,
    }),
    sample("o-95", now - 700_000, { state: "rejected", says: "Rejected: The price does not conform to the minimum price variation for this contract. (code 110)", account: "DU1000002", limitPrice: "180.017", how: "at 180.017 or better, today", canChange: false, canCancel: false, trouble: OFF_STEP }),
    sample("o-97", now - 30_000, { account: "DU1000003", instrument: instrumentOf(4815747), limitPrice: "131.00", how: "at 131.00 or better, today", family: { key: "o-97", role: "entry", size: 3 } }),
    sample("o-98", now - 30_000, { account: "DU1000003", instrument: instrumentOf(4815747), side: "sell", limitPrice: "139.00", how: "at 139.00 or better, today", state: "held", says: "Held by the broker", family: { key: "o-97", role: "takeProfit", size: 3 } }),
    sample("o-99", now - 30_000, {
      account: "DU1000003",
      instrument: instrumentOf(4815747),
      side: "sell",
      orderType: "STP",
      limitPrice: null,
      stopPrice: "124.00",
      how: "at the market once it reaches 124.00 (stop), today",
      state: "held",
      says: "Held by the broker",
      family: { key: "o-97", role: "stop", size: 3 },
      notes: [{ says: "The order is taken and held until its market opens.", code: 399, original: "Warning: your order will not be placed at the exchange until 2026-11-23 09:30:00 US/Eastern" }],
    }),
    sample("o-96", now - 900_000, { state: "cancelled", says: "Cancelled by you.", canChange: false, canCancel: false }),
  ];
}

/** A ticket that an order might have been made from; undefined for one that was made elsewhere. */
export function draftOf({ intent, account, instrument, side, quantity, limitPrice, tif }: OrderView): DraftInput | undefined {
  if (intent === null) return undefined;
  return {
    intent,
    changes: null,
    account,
    conId: instrument.conId,
    legs: [],
    side,
    quantity,
    orderType: limitPrice === null ? "market" : "limit",
    limitPrice: limitPrice ?? "",
    stopPrice: "",
    trail: "",
    trailUnit: "amount",
    offset: "",
    priceCap: "",
    tif: tif ?? "day",
    goodTill: null,
    handling: { outsideRth: false, hidden: false, displaySize: "", allOrNone: false, minQuantity: "", ocaGroup: "", ocaKind: "cancelBlocked" },
    algo: null,
    conditions: [],
    conditionsCancel: false,
    conditionsOutsideRth: false,
    exits: null,
    waivers: { stalePrice: false, silentWhatIf: false },
  };
}
