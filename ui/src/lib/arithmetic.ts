// Sums on decimals, exact to the last digit. What can't be exact (a division) says to how many places.
import { type Decimal, parseDecimal } from "./decimal";

function aligned(a: Decimal, b: Decimal): readonly [bigint, bigint, number] {
  const scale = Math.max(a.scale, b.scale);
  return [a.units * 10n ** BigInt(scale - a.scale), b.units * 10n ** BigInt(scale - b.scale), scale];
}

function floored(a: bigint, b: bigint): bigint {
  const whole = a / b;
  return a % b !== 0n && a < 0n !== b < 0n ? whole - 1n : whole;
}

export function plus(a: Decimal, b: Decimal): Decimal {
  const [left, right, scale] = aligned(a, b);
  return { units: left + right, scale };
}

export function minus(a: Decimal, b: Decimal): Decimal {
  return plus(a, negated(b));
}

export function times(a: Decimal, b: Decimal): Decimal {
  return { units: a.units * b.units, scale: a.scale + b.scale };
}

export function negated({ units, scale }: Decimal): Decimal {
  return { units: -units, scale };
}

export function magnitude(a: Decimal): Decimal {
  return a.units < 0n ? negated(a) : a;
}

export function compare(a: Decimal, b: Decimal): -1 | 0 | 1 {
  const [left, right] = aligned(a, b);
  return left < right ? -1 : left > right ? 1 : 0;
}

export function isPositive({ units }: Decimal): boolean {
  return units > 0n;
}

/** `a ÷ b`, rounded down to so many places; null when `b` is zero. */
export function over(a: Decimal, b: Decimal, places: number): Decimal | null {
  if (b.units === 0n) return null;
  const [left, right] = aligned(a, b);
  return { units: floored(left * 10n ** BigInt(places), right), scale: places };
}

/** How many whole steps fit into it, rounded down; null when the step is not above zero. */
export function stepsIn(a: Decimal, step: Decimal): bigint | null {
  if (step.units <= 0n) return null;
  const [left, right] = aligned(a, step);
  return floored(left, right);
}

/** So many steps. */
export function steps(count: bigint, step: Decimal): Decimal {
  return { units: count * step.units, scale: step.scale };
}

/** The nearest multiple of the step, a half going up; the number itself when the step is not above zero. */
export function nearest(a: Decimal, step: Decimal): Decimal {
  const half = stepsIn(plus(times(a, TWO), step), times(step, TWO));
  return half === null ? a : steps(half, step);
}

/** Without trailing zeros beyond `places`. */
export function textOf({ units, scale }: Decimal, places = 0): string {
  let [left, decimals] = [units, scale];
  while (decimals > places && left % 10n === 0n) {
    left /= 10n;
    decimals -= 1;
  }
  if (decimals < places) {
    left *= 10n ** BigInt(places - decimals);
    decimals = places;
  }
  const digits = (left < 0n ? -left : left).toString().padStart(decimals + 1, "0");
  const body = decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
  return left < 0n ? `-${body}` : body;
}

/** What a person typed, spaces around it and a percent sign after it let go. */
export function typed(text: string): Decimal | null {
  return parseDecimal(text.trim().replace(/\s*%$/, ""));
}

const TWO: Decimal = { units: 2n, scale: 0 };
export const HUNDRED: Decimal = { units: 100n, scale: 0 };
