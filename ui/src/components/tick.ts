import { type RefObject, useEffect, useRef } from "react";
import { compareDecimals } from "../lib/decimal";

const TINT_MS = 250;
const tinted = new Set<HTMLElement>();
let sweep: ReturnType<typeof setTimeout> | undefined;

function untintAll(): void {
  for (const element of tinted) delete element.dataset.tick;
  tinted.clear();
  sweep = undefined;
}

/** Tints the element for a moment when its value changes. The style sheet leaves it out where motion is unwanted. */
export function useTick(ref: RefObject<HTMLElement | null>, value: string | null): void {
  const before = useRef(value);
  useEffect(() => {
    const direction = compareDecimals(value, before.current);
    before.current = value;
    if (!direction || !ref.current) return;
    ref.current.dataset.tick = direction > 0 ? "up" : "down";
    tinted.add(ref.current);
    sweep ??= setTimeout(untintAll, TINT_MS);
  }, [ref, value]);
}
