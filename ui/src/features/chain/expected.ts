// How an expected move reads.
import type { ExpiryOutlookView, MoveBasis } from "../../backend/backend";
import { formatDecimal, price } from "../../lib/format";

const BASES: Record<MoveBasis, string> = {
  straddle: "the middle of the straddle at",
  volatility: "what the straddle at the money would be worth at the volatility of its own options",
  thirtyDays: "what the straddle at the money would be worth at the volatility of the underlying’s 30-day options; open the expiry for its own",
};

/** "±7.40", or null where it is not known. */
export function moveWords(outlook: ExpiryOutlookView | null): string | null {
  const value = outlook?.expectedMove.value;
  return value === null || value === undefined ? null : `±${formatDecimal(value, { places: 2 })}`;
}

/** From what it is reckoned. */
export function moveTip(outlook: ExpiryOutlookView | null): string {
  if (!outlook?.basis) return "The expected move is not known: there is no price of the underlying, or neither a straddle nor a volatility";
  const basis = outlook.basis === "straddle" ? `${BASES.straddle} ${price(outlook.straddle ?? "", 0)}` : BASES[outlook.basis];
  return `Expected move by then, up or down, on average: ${basis}. A model’s`;
}
