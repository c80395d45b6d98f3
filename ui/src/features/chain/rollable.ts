// What of the held options can be rolled: whole strategies, and each option of them alone.
import type { StrategyLegView, StrategyView } from "../../backend/backend";
import { expiryWords } from "../../lib/expiry";
import { quantity } from "../../lib/format";
import type { TrayPlace } from "./strategy-ask";

// The order has twice as many legs, of which it takes eight.
const MOST = 4;

export interface Rollable {
  readonly key: string;
  readonly account: string;
  readonly label: string;
  /** The name of the strategy, when the whole of it is rolled; a single option's roll has a name of its own. */
  readonly whole: string | null;
  /** Options that end on one day. */
  readonly held: readonly StrategyLegView[];
  readonly expiry: string;
}

/** Of the class on show, in one account or in all. Of legs that end on several days the first to end are rolled. */
export function rollables(strategies: readonly StrategyView[], { underlying, tradingClass }: TrayPlace, account: string | null): readonly Rollable[] {
  const here = strategies.filter((one) => one.underlying === underlying.symbol && one.currency === underlying.currency && (account === null || one.account === account));
  return here.toSorted((a, b) => (a.key < b.key ? -1 : 1)).flatMap((strategy) => ofStrategy(strategy, tradingClass, account === null ? ` in ${strategy.account}` : ""));
}

function ofStrategy(strategy: StrategyView, tradingClass: string, where: string): readonly Rollable[] {
  const options = strategy.legs.filter((leg) => leg.tradingClass === tradingClass && leg.expiry !== null);
  const first = options.map(({ expiry }) => expiry ?? "").toSorted()[0];
  if (first === undefined) return [];
  const ending = options.filter(({ expiry }) => expiry === first);
  const alone = options.map((leg) => ({ key: `${strategy.account}:${leg.conId}`, account: strategy.account, label: `${quantity(leg.quantity)} ${leg.label}${where}`, whole: null, held: [leg], expiry: leg.expiry ?? first }));
  if (options.length === 1) return alone;
  const some = ending.length < options.length ? `, its legs of ${expiryWords(first)}` : ` ${expiryWords(first)}`;
  const whole = { key: strategy.key, account: strategy.account, label: `${quantity(strategy.count)} ${strategy.name}${some}${where}`, whole: strategy.name, held: ending, expiry: first };
  return ending.length > 1 && ending.length <= MOST ? [whole, ...alone] : alone;
}
