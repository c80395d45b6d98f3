import { describe, expect, it } from "vitest";
import type { PreviewView, RebalanceRowView } from "../../backend/backend";
import type { PlanOrder } from "./rebalancing";
import { salesLeftOut, totalsOf } from "./totals";

function order(side: "buy" | "sell", value: string, margin: readonly [string | null, string | null], account = "DU1"): PlanOrder {
  const row = { key: `${account} ${side} ${value}`, account, side, value, commission: "1", baseCurrency: "USD" } as RebalanceRowView;
  const preview = { commission: null, commissionCurrency: null, margin: { initial: { before: margin[0], after: margin[1] } } } as unknown as PreviewView;
  return { row, intent: row.key, ticked: true, standing: { at: "ready", preview } };
}

describe("what the ticked orders come to", () => {
  it("takes the margin step by step, sales first whatever their place", () => {
    const [total] = totalsOf([order("buy", "900", ["1000.10", "1450.10"]), order("sell", "500", ["1000.10", "750.05"]), order("buy", "10", ["1000.10", "1005.10"])]);
    expect(total?.margin).toEqual({ before: "1000.1", afterSales: "750.05", after: "1205.05" });
    expect(total).toMatchObject({ sells: "500", buys: "910", turnover: "1410", commission: "3" });
  });

  it("leaves the margin unknown while one of them is not told", () => {
    const [total] = totalsOf([order("buy", "900", ["1000", "1450"]), order("sell", "500", ["1000", null])]);
    expect(total?.margin).toBeNull();
  });

  it("keeps accounts apart", () => {
    const totals = totalsOf([order("buy", "900", ["1000", "1450"]), order("sell", "500", ["70", "20"], "DU2")]);
    expect(totals.map(({ account, margin }) => [account, margin?.after])).toEqual([["DU1", "1450"], ["DU2", "20"]]);
  });

  it("leaves out what can't go out, and says so", () => {
    const blocked: PlanOrder = { ...order("buy", "50", [null, null]), standing: { at: "refused", word: "Blocked", why: "" } };
    const unsent: PlanOrder = { ...order("sell", "70", [null, null]), standing: { at: "unsent", why: "" } };
    const [total] = totalsOf([order("buy", "900", ["1000", "1450"]), blocked, unsent]);
    expect(total).toMatchObject({ orders: 1, sells: "0", buys: "900", turnover: "900", commission: "1", margin: { after: "1450" } });
    expect(total?.leftOut).toEqual({ orders: 2, sells: "70", buys: "50" });
    const [nothing] = totalsOf([blocked]);
    expect(nothing).toMatchObject({ orders: 0, turnover: "0", margin: null, leftOut: { orders: 1 } });
  });

  it("knows which sales the purchases of an account go without", () => {
    const [sale, purchase] = [order("sell", "500", [null, null]), order("buy", "400", [null, null])];
    const other = order("sell", "30", [null, null], "DU2");
    expect([...salesLeftOut([sale, purchase, other], [sale, purchase])]).toEqual([]);
    expect([...salesLeftOut([sale, purchase, other], [purchase])]).toEqual([["DU1", "500"]]);
    // What has gone is no sale that is missing.
    const sent: PlanOrder = { ...sale, standing: { at: "sent", order: "o-1", says: "", preview: {} as PreviewView } };
    expect([...salesLeftOut([sent, purchase], [purchase])]).toEqual([]);
  });
});
