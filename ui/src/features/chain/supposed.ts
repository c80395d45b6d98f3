// What the person supposes for the payoff: dates to see it on, and implied volatilities of single options. It is in no order.
import { compare, HUNDRED, textOf, typed } from "../../lib/arithmetic";
import { ValueStore } from "../../lib/value-store";

/** How many dates are kept beside that of the slider. */
export const MOST_DATES = 3;
const LEAST_PERCENT = { units: 1n, scale: 1 };
const MOST_PERCENT = { units: 5n * HUNDRED.units, scale: 0 };

export interface KeptDate {
  /** `20261211`; empty for now. */
  readonly day: string;
  /** Which of the dash patterns its line has for as long as it is kept. */
  readonly dash: number;
}

export class Supposed {
  readonly dates = new ValueStore<readonly KeptDate[]>([]);
  /** In percent, by conId. One of an option that a leg was moved away from is there again when it comes back. */
  readonly volatilities = new ValueStore<ReadonlyMap<number, string>>(new Map());

  keep(day: string): void {
    const kept = this.dates.get();
    if (kept.length >= MOST_DATES || kept.some((one) => one.day === day)) return;
    const dash = [0, 1, 2].find((free) => kept.every((one) => one.dash !== free)) ?? 0;
    this.dates.set([...kept, { day, dash }].toSorted((a, b) => (a.day < b.day ? -1 : 1)));
  }

  drop(days: readonly string[]): void {
    const kept = this.dates.get().filter(({ day }) => !days.includes(day));
    if (kept.length < this.dates.get().length) this.dates.set(kept);
  }

  /** The person's volatility of an option; null for the market's. */
  suppose(conId: number, percent: string | null): void {
    const all = new Map(this.volatilities.get());
    if (percent === null) all.delete(conId);
    else all.set(conId, percent);
    this.volatilities.set(all);
  }

  /** Lets go of all but these options'. */
  only(conIds: readonly number[]): void {
    const all = this.volatilities.get();
    if ([...all.keys()].every((conId) => conIds.includes(conId))) return;
    this.volatilities.set(new Map([...all].filter(([conId]) => conIds.includes(conId))));
  }
}

/** A percentage as it is typed, or what is wrong with it; null for the market's. */
export function readVolatility(text: string): { readonly percent: string | null } | { readonly fault: string } {
  if (text.trim() === "") return { percent: null };
  const percent = typed(text);
  const fits = percent && compare(percent, LEAST_PERCENT) >= 0 && compare(percent, MOST_PERCENT) <= 0;
  return fits ? { percent: textOf(percent) } : { fault: `“${text.trim()}” is no implied volatility. Type a percentage from 0.1 to 500, or nothing for the market’s.` };
}
