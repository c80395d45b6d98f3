import { describe, expect, it } from "vitest";
import type { OrderView } from "../../backend/backend";
import { blotterOf, blotterReckoner } from "./blotter";

const order = (key: string, patch: Partial<OrderView> = {}): OrderView => ({ key, account: "DU1", state: "working", since: 1, family: null, filled: "0", ...patch }) as OrderView;
const all = (...orders: OrderView[]): readonly OrderView[] => orders;

describe("the blotter reckoned anew", () => {
  it("stays the same while orders only fill or are priced anew", () => {
    const reckon = blotterReckoner();
    const first = reckon(all(order("a"), order("b")), null, "all");
    expect(reckon(all(order("a", { filled: "4" }), order("b")), null, "all")).toBe(first);
  });

  it.each<readonly [string, readonly OrderView[]]>([
    ["one came", all(order("a"), order("b"), order("c"))],
    ["one went", all(order("a"))],
    ["one is done", all(order("a"), order("b", { state: "filled" }))],
    ["one is newer", all(order("a"), order("b", { since: 9 }))],
    ["one joined a family", all(order("a"), order("b", { family: { key: "a", role: "stop", size: 2 } }))],
  ])("is what a fresh one is when %s", (_, next) => {
    const reckon = blotterReckoner();
    reckon(all(order("a"), order("b")), null, "all");
    expect(reckon(next, null, "all")).toEqual(blotterOf(next, null, "all"));
  });

  it("is of the account and tab that are asked for", () => {
    const reckon = blotterReckoner();
    const orders = all(order("a"), order("b", { account: "DU2" }));
    expect(reckon(orders, null, "all").counts.all).toBe(2);
    expect(reckon(orders, "DU2", "all").counts.all).toBe(1);
    expect(reckon(orders, "DU2", "filled").lines).toEqual([]);
  });
});
