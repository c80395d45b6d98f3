import { type RefObject, useEffect, useRef } from "react";
import { compareDecimals } from "../lib/decimal";

const TINT_MS = 250;
// What moves without a pause would be tinted without a pause, which tells nobody anything.
const QUIET_MS = 750;

const tinted = new Set<HTMLElement>();
const moved = new WeakMap<HTMLElement, number>();
let sweep: ReturnType<typeof setTimeout> | undefined;

function untintAll(): void {
  for (const element of tinted) delete element.dataset.tick;
  tinted.clear();
  sweep = undefined;
}

/** Tints the element of a value that moved, for a moment, if it had rested for a while. The style sheet leaves it out where motion is unwanted. */
export function tint(element: HTMLElement, before: string | null, after: string | null): void {
  const now = performance.now();
  const rested = now - (moved.get(element) ?? -QUIET_MS) >= QUIET_MS;
  moved.set(element, now);
  const direction = rested ? compareDecimals(after, before) : null;
  if (!direction) return;
  element.dataset.tick = direction > 0 ? "up" : "down";
  tinted.add(element);
  sweep ??= setTimeout(untintAll, TINT_MS);
}

/** Tints the element when its value changes. */
export function useTick(ref: RefObject<HTMLElement | null>, value: string | null): void {
  const before = useRef(value);
  useEffect(() => {
    const last = before.current;
    before.current = value;
    if (ref.current && value !== last) tint(ref.current, last, value);
  }, [ref, value]);
}
