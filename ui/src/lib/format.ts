import { parseDecimal, placesOf, unitsAt } from "./decimal";

/** What stands for a value that is not known. */
export const DASH = "—";
const MINUS = "\u2212";

export interface NumberShape {
  /** Decimals to show, rounded half to even. */
  readonly places: number;
  /** Whether a gain carries a plus. Zero never carries a sign. */
  readonly signed?: boolean;
}

function group(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, ",");
}

/** A decimal string for the screen; what is no decimal is shown as it came. */
export function formatDecimal(text: string, { places, signed = false }: NumberShape): string {
  const number = parseDecimal(text);
  if (!number) return text;
  const units = unitsAt(number, places);
  const digits = (units < 0n ? -units : units).toString().padStart(places + 1, "0");
  const whole = group(digits.slice(0, digits.length - places));
  const body = places === 0 ? whole : `${whole}.${digits.slice(digits.length - places)}`;
  if (units < 0n) return MINUS + body;
  return signed && units > 0n ? `+${body}` : body;
}

/** Money with two decimals. */
export function money(text: string): string {
  return formatDecimal(text, { places: 2 });
}

/** A change of money, with its sign. */
export function change(text: string): string {
  return formatDecimal(text, { places: 2, signed: true });
}

/** A price with at least the instrument's decimals; more when it has more. */
export function price(text: string, decimals: number): string {
  return formatDecimal(text, { places: Math.max(decimals, Math.min(placesOf(text), decimals + 2)) });
}

/** A price with all decimals that it has, and at least the instrument's: nothing is rounded. */
export function exactly(text: string, decimals: number): string {
  return formatDecimal(text.trim(), { places: Math.max(decimals, placesOf(text.trim())) });
}

/** An average of prices: always two decimals more than the prices have, so that a column aligns. */
export function averagePrice(text: string, decimals: number): string {
  return formatDecimal(text, { places: decimals + 2 });
}

/** A quantity with just the decimals that it has. */
export function quantity(text: string): string {
  return formatDecimal(text, { places: placesOf(text) });
}

/** Commission needs up to four decimals, and never fewer than two. */
export function commission(text: string): string {
  return formatDecimal(text, { places: Math.min(Math.max(placesOf(text), 2), 4) });
}
