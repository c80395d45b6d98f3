import { compareDecimals } from "../../lib/decimal";

/** The strike that is meant by what was typed so far: that very one, else the nearest to the money of those that begin so. */
export function findStrike(strikes: readonly string[], typed: string, money: number): number | null {
  const exact = strikes.findIndex((strike) => compareDecimals(strike, typed.replace(/\.$/, "")) === 0);
  if (exact >= 0) return exact;
  const begun = strikes.flatMap((strike, i) => (strike.startsWith(typed) ? [i] : []));
  return begun.toSorted((a, b) => Math.abs(a - money) - Math.abs(b - money))[0] ?? null;
}
