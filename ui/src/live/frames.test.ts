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
