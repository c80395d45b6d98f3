// Which class and expiries of a chain are on the screen.
import type { OptionClassView } from "../../backend/backend";

/** What a person has chosen; what of it there is not is passed over. */
export interface Place {
  readonly conId: number;
  readonly tradingClass: string;
  readonly expiries: readonly string[];
  readonly several: boolean;
}

/** More than these say less. */
export const MOST_EXPIRIES = 12;

/** The chosen expiries that the class has, earliest first; else the first that does not end today, which is seldom what is meant. */
export function expiriesOf(chosen: OptionClassView | null, place: Place | null): readonly string[] {
  const all = chosen?.expiries ?? [];
  const mine = all.filter(({ expiry }) => place?.expiries.includes(expiry)).map(({ expiry }) => expiry);
  if (mine.length > 0) return mine.slice(0, MOST_EXPIRIES);
  const first = all.find(({ days }) => days > 0) ?? all[0];
  return first ? [first.expiry] : [];
}

/** With one more, or one fewer; the last one stays. */
export function toggled(expiries: readonly string[], expiry: string): readonly string[] {
  const without = expiries.filter((one) => one !== expiry);
  if (without.length === expiries.length) return expiries.length < MOST_EXPIRIES ? [...expiries, expiry].toSorted() : expiries;
  return without.length > 0 ? without : expiries;
}
