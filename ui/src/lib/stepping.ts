import { compare, steps, stepsIn, textOf, typed } from "./arithmetic";
import type { Decimal } from "./decimal";

/** The next multiples of the step from what is typed; null when there is nothing to step from, or when it would fall to zero. */
export function stepped(text: string, step: Decimal, count: number, places: number, start: string | null): string | null {
  const now = typed(text);
  if (!now) return text.trim() === "" && start !== null && typed(start) ? start : null;
  const below = stepsIn(now, step);
  if (below === null) return null;
  const onStep = compare(steps(below, step), now) === 0;
  // Off the grid the first step leads onto it.
  const from = onStep || count < 0 ? below : below + 1n;
  const moved = from + BigInt(count) + (onStep ? 0n : BigInt(count < 0 ? 1 : -1));
  const next = steps(moved, step);
  if (next.units <= 0n) return null;
  return textOf(next, places);
}

/** How many steps an arrow key means; null for any other key. */
export function stepsOfKey(event: { readonly key: string; readonly altKey: boolean; readonly shiftKey: boolean }): number | null {
  const one = event.altKey || event.shiftKey ? 10 : 1;
  if (event.key === "ArrowUp") return one;
  if (event.key === "ArrowDown") return -one;
  return null;
}
