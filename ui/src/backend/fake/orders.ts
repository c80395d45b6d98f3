import type { DraftInput, OrderView, PreviewView } from "../bindings";
import { instrumentOf } from "./portfolio";

export function orderOf(preview: PreviewView, draft: DraftInput, key: string, now: number): OrderView {
  return {
    key,
    intent: draft.intent,
    madeElsewhere: null,
    account: draft.account,
    instrument: instrumentOf(draft.conId ?? 0),
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
    since: now,
    updated: now,
    canChange: true,
    canCancel: true,
    permId: "1873001200",
    ...patch,
  };
}

/** One order of every kind worth looking at. */
export function sampleOrders(now: number): OrderView[] {
  const fill = (execId: string, quantity: string, price: string, commission: string | null) => ({ execId, at: now - 40_000, quantity, price, commission });
  return [
    sample("o-91", now - 10_000, { state: "unknown", says: "The link was lost before the broker answered.", canCancel: false }),
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
    sample("o-93", now - 90_000, { intent: null, madeElsewhere: "Made in TWS", account: "DU1000003", instrument: instrumentOf(756733), side: "sell", limitPrice: "571.20", tif: "gtc" }),
    sample("o-94", now - 600_000, {
      state: "filled",
      says: "Filled: 10 at 421.44.",
      instrument: instrumentOf(272093),
      orderType: "MKT",
      limitPrice: null,
      filled: "10",
      remaining: "0",
      averagePrice: "421.44",
      commission: "1.00",
      commissionCurrency: "USD",
      executions: [fill("0000e1a8.01", "10", "421.44", "1.00")],
      canCancel: false,
    }),
    sample("o-95", now - 700_000, { state: "rejected", says: "Rejected: the price is too far from the market (110).", account: "DU1000002", canCancel: false }),
    sample("o-96", now - 900_000, { state: "cancelled", says: "Cancelled by you.", canCancel: false }),
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
    waivers: { stalePrice: false },
  };
}
