// What the legs of the tray cost together, and the order that they make.
import type { QuoteView, Side } from "../../backend/backend";
import { weightOf } from "../../lib/combo/known";
import { finestStep, limitOf, midOf, naturalOf, type Net, sideOf } from "../../lib/combo/net";
import { parseDecimal } from "../../lib/decimal";
import { knownOf, plainLegs, type TrayAim, type TrayLeg, type TrayOrder } from "./tray";

export interface TrayNet {
  readonly natural: Net;
  readonly mid: Net;
  readonly decimals: number;
  /** Whether it is paid or received; of one leg, whether it is bought. */
  readonly side: Side;
  /** The mid on the step that is no worse; null when there is none or nothing is paid. */
  readonly limit: string | null;
}

export function netOf(legs: readonly TrayLeg[], quotes: readonly (QuoteView | undefined)[]): TrayNet {
  const [only, second] = legs;
  const single = only && !second ? only : null;
  const known = knownOf(legs);
  // The ticket counts one option by itself; its price is that of one.
  const markets = legs.map((leg, i) => ({ leg, weight: single ? 1 : weightOf(leg, legs, known), label: leg.instrument.label, quote: quotes[i] }));
  const natural = naturalOf(markets, 1);
  const mid = midOf(markets, 1);
  const decimals = Math.max(2, ...legs.map(({ instrument }) => instrument.priceDecimals));
  const paid = mid.known ? mid : natural;
  const side = single ? single.side : ((paid.known ? sideOf(paid.price) : null) ?? "buy");
  const step = (single?.instrument.tick ? parseDecimal(single.instrument.tick) : null) ?? finestStep(legs.map(({ instrument }) => instrument));
  return { natural, mid, decimals, side, limit: mid.known ? limitOf(mid.price, step, decimals) : null };
}

export function orderOf(legs: readonly TrayLeg[], side: Side, limitPrice: string, aim: TrayAim | null): TrayOrder {
  return { legs: plainLegs(legs), instruments: legs.map(({ instrument }) => instrument), side, limitPrice, quantity: aim?.quantity ?? "", account: aim?.account ?? null };
}
