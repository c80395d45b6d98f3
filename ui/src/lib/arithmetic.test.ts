import { describe, expect, it } from "vitest";
import { compare, minus, nearest, over, plus, steps, stepsIn, textOf, times, typed } from "./arithmetic";
import type { Decimal } from "./decimal";

function decimal(text: string): Decimal {
  const read = typed(text);
  if (!read) throw new Error(`${text} is no decimal`);
  return read;
}

describe("sums on decimals", () => {
  it("are exact where floats are not", () => {
    expect(textOf(plus(decimal("0.1"), decimal("0.2")))).toBe("0.3");
    expect(textOf(minus(decimal("0.3"), decimal("0.1")))).toBe("0.2");
    expect(textOf(times(decimal("1.005"), decimal("1000")))).toBe("1005");
    expect(textOf(times(decimal("9007199254740993.01"), decimal("3")))).toBe("27021597764222979.03");
  });

  it("divide downwards to the places asked for, and never by zero", () => {
    expect(over(decimal("1"), decimal("3"), 4)).toEqual({ units: 3333n, scale: 4 });
    expect(over(decimal("-1"), decimal("3"), 2)).toEqual({ units: -34n, scale: 2 });
    expect(over(decimal("1"), decimal("0.00"), 2)).toBeNull();
  });

  it("count and round to steps", () => {
    expect(stepsIn(decimal("180.019"), decimal("0.01"))).toBe(18_001n);
    expect(stepsIn(decimal("5"), decimal("0"))).toBeNull();
    expect(textOf(steps(7n, decimal("0.25")), 2)).toBe("1.75");
    expect(textOf(nearest(decimal("180.013"), decimal("0.01")))).toBe("180.01");
    expect(textOf(nearest(decimal("180.015"), decimal("0.01")))).toBe("180.02");
    expect(textOf(nearest(decimal("4411.13"), decimal("0.25")), 2)).toBe("4411.25");
  });

  it("are written with the zeros of the instrument", () => {
    expect(textOf(decimal("180"), 2)).toBe("180.00");
    expect(textOf(decimal("180.12500"), 2)).toBe("180.125");
    expect(textOf(decimal("-0.5"))).toBe("-0.5");
  });

  it("hold for many numbers, as their inverses show", () => {
    let seed = 7n;
    const next = (): Decimal => {
      seed = (seed * 6364136223846793005n + 1442695040888963407n) % 2n ** 64n;
      return { units: (seed >> 20n) - 2n ** 43n, scale: Number(seed % 6n) };
    };
    for (let i = 0; i < 500; i += 1) {
      const [a, b] = [next(), next()];
      expect(compare(minus(plus(a, b), b), a)).toBe(0);
      const quotient = over(a, b, 6);
      if (!quotient) continue;
      const rest = minus(a, times(quotient, b));
      expect(compare(times(rest, rest), times(times(b, b), { units: 1n, scale: 12 }))).toBeLessThanOrEqual(0);
    }
  });

  it("take what a person types and nothing else", () => {
    expect(typed(" 2.5 % ")).toEqual({ units: 25n, scale: 1 });
    for (const text of ["", "1e5", "1,000", "0x10", ".", "ten", "5%%"]) expect(typed(text)).toBeNull();
  });
});
