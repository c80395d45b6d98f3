import { describe, expect, it } from "vitest";
import type { PreviewView, RebalanceRowView } from "../../backend/backend";
import type { PlanOrder } from "./rebalancing";
import { totalsOf } from "./totals";

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
});
