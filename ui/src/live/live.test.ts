import { describe, expect, it, vi } from "vitest";
import { FakeBackend } from "../backend/fake";
import { Feed } from "./feed";
import type { Frames } from "./frames";
import { KeyedStore } from "./keyed-store";
import { Live } from "./live";

const atOnce: Frames = { notify: (listeners) => [...listeners].forEach((listener) => listener()) };

async function started() {
  const backend = new FakeBackend();
  const live = new Live(atOnce);
  await new Feed(backend, live).start();
  return { backend, live };
}

describe("a keyed store", () => {
  it("tells only those who follow the key that changed", () => {
    const store = new KeyedStore<{ value: string }>(atOnce);
    store.replaceAll([["a", { value: "1" }], ["b", { value: "1" }]]);
    const [a, b, keys] = [vi.fn(), vi.fn(), vi.fn()];
    store.subscribe("a", a);
    store.subscribe("b", b);
    store.subscribeKeys(keys);
    store.set("a", { value: "2" });
    expect([a, b, keys].map((spy) => spy.mock.calls.length)).toEqual([1, 0, 0]);
  });

  it("tells those who stand in different parts of the window apart, and no longer who has left", () => {
    const told: (object | undefined)[] = [];
    const store = new KeyedStore<{ value: string }>({
      notify: (listeners) => {
        told.push(listeners.region);
        atOnce.notify(listeners);
      },
    });
    const dock = {};
    const [row, head, ticket] = [vi.fn(), vi.fn(), vi.fn()];
    store.set("a", { value: "1" });
    store.subscribe("a", row, 3);
    store.subscribe("a", head);
    const leave = store.subscribe("a", ticket, undefined, dock);
    told.length = 0;
    store.set("a", { value: "2" });
    expect([row, head, ticket].map((spy) => spy.mock.calls.length)).toEqual([1, 1, 1]);
    const regions = new Set(told.filter((region) => region !== undefined));
    expect(regions.size).toBe(3);
    expect(regions).toContain(dock);
    leave();
    store.set("a", { value: "3" });
    expect([row, head, ticket].map((spy) => spy.mock.calls.length)).toEqual([2, 2, 1]);
  });

  it("keeps equal parts, so that an unchanged cell stays as it is", () => {
    const store = new KeyedStore<{ bid: { value: string }; ask: { value: string } }>(atOnce);
    store.set("a", { bid: { value: "1" }, ask: { value: "2" } });
    const bid = store.get("a")?.bid;
    store.set("a", { bid: { value: "1" }, ask: { value: "3" } });
    expect(store.get("a")?.bid).toBe(bid);
    const whole = store.get("a");
    store.set("a", { bid: { value: "1" }, ask: { value: "3" } });
    expect(store.get("a")).toBe(whole);
  });

  it("tells of keys that come and go", () => {
    const store = new KeyedStore<{ value: string }>(atOnce);
    const keys = vi.fn();
    store.subscribeKeys(keys);
    store.set("a", { value: "1" });
    store.delete("a");
    store.delete("a");
    expect(keys).toHaveBeenCalledTimes(2);
    expect(store.keys()).toEqual([]);
  });
});

describe("the stream", () => {
  it("applies deltas in order", async () => {
    const { backend, live } = await started();
    backend.move(265598, 190);
    expect(live.quotes.get("265598")?.last.value).toBe("190.00");
    expect(backend.callsOf("resync")).toHaveLength(0);
  });

  it("asks for a new snapshot after a gap, once, and comes out whole", async () => {
    const { backend, live } = await started();
    backend.prices[265598] = 200;
    backend.send({ type: "positionGone", value: "DU1000001:272093" }, 3);
    await vi.waitFor(() => expect(backend.callsOf("resync")).toHaveLength(1));
    expect(live.quotes.get("265598")?.last.value).toBe("200.00");
    expect(live.positions.get("DU1000001:272093")).toBeDefined();
    backend.move(265598, 201);
    expect(live.quotes.get("265598")?.last.value).toBe("201.00");
    expect(backend.callsOf("resync")).toHaveLength(1);
  });

  it("asks again when the snapshot does not come", async () => {
    vi.useFakeTimers();
    const live = new Live(atOnce);
    const resync = vi.fn(() => Promise.resolve());
    const backend = Object.assign(new FakeBackend(), { resync });
    const feed = new Feed(backend, live);
    feed.receive({ type: "delta", seq: 4, changes: [] });
    expect(resync).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(6000);
    expect(resync).toHaveBeenCalledTimes(2);
    feed.receive({ type: "snapshot", seq: 9, snapshot: backend.snapshot() });
    await vi.advanceTimersByTimeAsync(20_000);
    expect(resync).toHaveBeenCalledTimes(2);
    vi.useRealTimers();
  });

  it("lets a delta that was seen already fall", async () => {
    const live = new Live(atOnce);
    const backend = new FakeBackend();
    const feed = new Feed(backend, live);
    feed.receive({ type: "snapshot", seq: 7, snapshot: backend.snapshot() });
    feed.receive({ type: "delta", seq: 7, changes: [{ type: "positionGone", value: "DU1000001:272093" }] });
    expect(live.positions.get("DU1000001:272093")).toBeDefined();
    expect(backend.callsOf("resync")).toHaveLength(0);
  });

  it("removes what is gone", async () => {
    const { backend, live } = await started();
    backend.send([{ type: "positionGone", value: "DU1000001:272093" }, { type: "mergedGone", value: 272093 }]);
    expect(live.positions.get("DU1000001:272093")).toBeUndefined();
    expect(live.merged.get("272093")).toBeUndefined();
  });
});
