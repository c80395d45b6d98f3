import type { DraftInput, InstrumentView } from "../../backend/backend";
import { isPositive, minus, nearest, over, textOf, times, typed } from "../../lib/arithmetic";
import { type Decimal, parseDecimal } from "../../lib/decimal";
import { away, riskOf } from "./aims";

/** What a bracket wins and loses, in the instrument's currency; null for what can't be said yet. Commission is not in it. */
export interface Outlook {
  /** Between entry and stop. */
  readonly risk: string | null;
  /** Between entry and take-profit. */
  readonly reward: string | null;
  /** Reward for one of risk, to the nearest hundredth. */
  readonly ratio: string | null;
  /** What is lost when the price jumps past the stop all the way to zero; null for a sale, which has no such end, and while unknown. */
  readonly worst: string | null;
}

const PLACES = 2;
const HUNDREDTH: Decimal = { units: 1n, scale: 2 };

export function outlookOf(draft: DraftInput, entry: Decimal | null, instrument: InstrumentView | null): Outlook {
  const units = unitsOf(draft, instrument);
  const risk = entry && riskOf(draft, entry);
  const profit = typed(draft.exits?.takeProfit ?? "");
  const gain = entry && profit && away(draft.side, minus(profit, entry));
  const reward = gain && isPositive(gain) ? gain : null;
  const exact = risk && reward && over(reward, risk, PLACES + 6);
  const ratio = exact && nearest(exact, HUNDREDTH);
  const money = (perUnit: Decimal | null): string | null => (perUnit && units ? textOf(times(perUnit, units), PLACES) : null);
  return { risk: money(risk), reward: money(reward), ratio: ratio && textOf(ratio, PLACES), worst: draft.side === "buy" ? money(entry) : null };
}

/** How many units of the underlying the quantity comes to. */
export function unitsOf({ quantity }: Pick<DraftInput, "quantity">, instrument: InstrumentView | null): Decimal | null {
  const count = typed(quantity);
  const multiplier = instrument ? parseDecimal(instrument.multiplier) : null;
  return count && multiplier && isPositive(count) && isPositive(multiplier) ? times(count, multiplier) : null;
}
