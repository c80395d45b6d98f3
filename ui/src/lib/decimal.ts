// Money is never a JavaScript number: a decimal string becomes units of a power of ten, as a bigint.

/** A decimal number as `units × 10^-scale`. */
export interface Decimal {
  readonly units: bigint;
  readonly scale: number;
}

const PLAIN = /^([+-]?)(\d+)(?:\.(\d+))?$/;

/** Reads a plain decimal such as `-1234.50`; anything else, an exponent too, is null. */
export function parseDecimal(text: string): Decimal | null {
  const match = PLAIN.exec(text);
  if (!match) return null;
  const [, sign, whole, fraction = ""] = match;
  const units = BigInt(`${whole}${fraction}`);
  return { units: sign === "-" ? -units : units, scale: fraction.length };
}

/** The same number in units of 10^-places, rounded half to even. */
export function unitsAt({ units, scale }: Decimal, places: number): bigint {
  if (places >= scale) return units * 10n ** BigInt(places - scale);
  const divisor = 10n ** BigInt(scale - places);
  const whole = units / divisor;
  const rest = units % divisor;
  const twice = (rest < 0n ? -rest : rest) * 2n;
  const away = units < 0n ? -1n : 1n;
  if (twice > divisor || (twice === divisor && whole % 2n !== 0n)) return whole + away;
  return whole;
}

/** Orders two decimals; what can't be read or is null comes last whichever way one sorts. */
export function compareDecimals(a: string | null, b: string | null): number | null {
  const left = a === null ? null : parseDecimal(a);
  const right = b === null ? null : parseDecimal(b);
  if (!left || !right) return null;
  const places = Math.max(left.scale, right.scale);
  const difference = unitsAt(left, places) - unitsAt(right, places);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** −1, 0 or 1; null when it is no number. */
export function signOf(text: string | null): -1 | 0 | 1 | null {
  const number = text === null ? null : parseDecimal(text);
  if (!number) return null;
  return number.units < 0n ? -1 : number.units > 0n ? 1 : 0;
}

/** How many decimals a number needs, trailing zeros left out. */
export function placesOf(text: string): number {
  const fraction = text.split(".")[1] ?? "";
  return fraction.replace(/0+$/, "").length;
}

export function isDecimal(text: string): boolean {
  return parseDecimal(text) !== null;
}
