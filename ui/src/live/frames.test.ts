import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { WindowFrames } from "./frames";

describe("frames of the window", () => {
  beforeEach(() => vi.useFakeTimers({ toFake: ["requestAnimationFrame", "cancelAnimationFrame", "setTimeout", "clearTimeout", "performance"] }));
  afterEach(() => vi.useRealTimers());

  it("tell a listener once a frame, however often it is named", () => {
    const frames = new WindowFrames();
    const spy = vi.fn();
    const listeners = new Set([spy]);
    frames.notify(listeners);
    frames.notify(listeners);
    expect(spy).not.toHaveBeenCalled();
    vi.advanceTimersToNextFrame();
    expect(spy).toHaveBeenCalledTimes(1);
  });

  it("spread a busy beat over its frames, each key in one piece, and lose none", () => {
    const frames = new WindowFrames();
    const told: number[] = [];
    for (let key = 0; key < 60; key += 1) frames.notify(new Set([() => told.push(key), () => told.push(key)]));
    const sizes = Array.from({ length: 6 }, () => {
      vi.advanceTimersToNextFrame();
      return told.length;
    });
    expect(sizes).toEqual([20, 40, 60, 80, 100, 120]);
    expect(told.every((key, i) => i % 2 === 0 || told[i - 1] === key)).toBe(true);
  });

  it("go down the screen frame by frame, and begin again at the top", () => {
    const frames = new WindowFrames();
    const told: number[] = [];
    const rows = Array.from({ length: 40 }, (_, place) => Object.assign(new Set([() => void told.push(place)]), { place }));
    const beat = () => rows.toReversed().forEach((row) => frames.notify(row));
    const frame = () => {
      told.length = 0;
      vi.advanceTimersToNextFrame();
      return [Math.min(...told), Math.max(...told), told.length];
    };
    beat();
    expect([frame(), frame()]).toEqual([[0, 7, 8], [8, 15, 8]]);
    // Those further down have waited longer than those that moved again meanwhile; a strip ends where the table does.
    beat();
    expect([frame(), frame(), frame(), frame()]).toEqual([[15, 22, 8], [23, 30, 8], [31, 38, 8], [39, 39, 1]]);
  });

  it("are each of one region, in turn, as what is painted is the smaller the nearer it lies together", () => {
    const frames = new WindowFrames();
    const told: string[] = [];
    const of = (name: string, count: number) => {
      const region = {};
      return Array.from({ length: count }, (_, place) => Object.assign(new Set([() => void told.push(name)]), { region, place }));
    };
    [...of("row", 20), ...of("account", 1), ...of("head", 1)].forEach((listeners) => frames.notify(listeners));
    const seen = Array.from({ length: 6 }, () => {
      told.length = 0;
      vi.advanceTimersToNextFrame();
      return `${new Set(told).size === 1 ? told[0] : told} ${told.length}`;
    });
    expect(seen.slice(0, 5)).toEqual(["row 8", "account 1", "head 1", "row 8", "row 4"]);
  });

  it("bring all of a region at once where they are so rare that it has waited", () => {
    const frames = new WindowFrames();
    const region = {};
    let told = 0;
    Array.from({ length: 60 }, (_, place) => Object.assign(new Set([() => void (told += 1)]), { region, place })).forEach((listeners) => frames.notify(listeners));
    vi.advanceTimersToNextFrame();
    expect(told).toBe(10);
    // A window whose next frame is a third of a second away.
    const real = performance.now.bind(performance);
    vi.spyOn(performance, "now").mockImplementation(() => real() + 300);
    vi.advanceTimersToNextFrame();
    expect(told).toBe(60);
    vi.restoreAllMocks();
  });

  it("come once for what is told while others are", () => {
    const frames = new WindowFrames();
    const spy = vi.fn();
    frames.notify(new Set([() => frames.notify(new Set([spy]))]));
    vi.advanceTimersToNextFrame();
    expect(spy).not.toHaveBeenCalled();
    vi.advanceTimersToNextFrame();
    expect(spy).toHaveBeenCalledTimes(1);
  });

  it("tell all when no frame comes, as in a hidden window", () => {
    vi.stubGlobal("requestAnimationFrame", () => 1);
    const frames = new WindowFrames();
    const spy = vi.fn();
    for (let key = 0; key < 30; key += 1) frames.notify(new Set([() => spy()]));
    vi.advanceTimersByTime(300);
    expect(spy).toHaveBeenCalledTimes(30);
    vi.unstubAllGlobals();
  });
});
