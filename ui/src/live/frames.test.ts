import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { WindowFrames } from "./frames";

describe("frames of the window", () => {
  beforeEach(() => vi.useFakeTimers({ toFake: ["requestAnimationFrame", "cancelAnimationFrame", "setTimeout", "clearTimeout"] }));
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
    expect(sizes).toEqual([24, 48, 72, 96, 120, 120]);
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
      return [told[0], told.at(-1), told.length];
    };
    beat();
    expect([frame(), frame()]).toEqual([[0, 7, 8], [8, 15, 8]]);
    // Those further down have waited longer than those that moved again meanwhile.
    beat();
    expect([frame(), frame(), frame(), frame()]).toEqual([[15, 22, 8], [23, 30, 8], [31, 38, 8], [39, 6, 8]]);
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
