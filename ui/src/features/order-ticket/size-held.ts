import { isPositive, magnitude, minus, plus, textOf, times } from "../../lib/arithmetic";
import { type Decimal, parseDecimal } from "../../lib/decimal";
import { money, quantity } from "../../lib/format";
import { away, percentOf } from "./aims";
import type { SizeFacts, SizeStep } from "./size-facts";

const UNKNOWN_HELD = "How many the account holds is not known yet.";

/** What the account has of it; null when it has none. */
function heldOf({ held }: SizeFacts): Decimal | "unknown" | null {
  if (held === undefined) return null;
  const has = held?.value == null ? null : parseDecimal(held.value);
  if (!has) return "unknown";
  return has.units === 0n ? null : has;
}

/** The risk that what is held carries to the same stop, and what of the budget it leaves when it shares in it; or why that can't be said. */
export function carriedBy(per: Decimal, budget: Decimal, facts: SizeFacts): { readonly budget: Decimal; readonly sum: readonly SizeStep[] } | string {
  const { draft, account, held, withHeld = false } = facts;
  const has = heldOf(facts);
  if (has === "unknown") return withHeld ? UNKNOWN_HELD : { budget, sum: [{ says: UNKNOWN_HELD }] };
  if (!has) return { budget, sum: [] };
  const from = held ?? undefined;
  if (isPositive(has) !== (draft.side === "buy")) return { budget, sum: [{ says: `The ${quantity(textOf(magnitude(has)))} that are ${isPositive(has) ? "held" : "short"} go the other way: this order first closes them`, from }] };
  const risk = times(magnitude(has), per);
  const share = shareOf(risk, account?.netLiquidation.value ?? null);
  const says = `The ${quantity(textOf(magnitude(has)))} ${isPositive(has) ? "held" : "short"} already carry ${money(textOf(risk))} to that stop${share}`;
  if (!withHeld) return { budget, sum: [{ says, from }] };
  const left = minus(budget, risk);
  if (!isPositive(left)) return `${says}: nothing of ${money(textOf(budget))} is left.`;
  return { budget: left, sum: [{ says: `${says}: ${money(textOf(left))} of ${money(textOf(budget))} is left`, from }] };
}

function shareOf(risk: Decimal, worth: string | null): string {
  const all = worth === null ? null : parseDecimal(worth);
  if (!all || !isPositive(all)) return "";
  // Hundredths of a percent, rounded down.
  const one = percentOf(all, { units: 1n, scale: 2 });
  const scale = Math.max(risk.scale, one.scale);
  const [top, bottom] = [risk.units * 10n ** BigInt(scale - risk.scale), one.units * 10n ** BigInt(scale - one.scale)];
  return `, ${textOf({ units: top / bottom, scale: 2 }, 2)} % of net liquidation`;
}

/** What the account has of it with this; nothing when it has none. */
export function holdingStep(size: Decimal, facts: SizeFacts): SizeStep | null {
  const has = heldOf(facts);
  if (has === null || has === "unknown") return null;
  return { says: `The account holds ${quantity(textOf(has))} already; with this ${quantity(textOf(plus(has, away(facts.draft.side, size))))}`, from: facts.held ?? undefined };
}
