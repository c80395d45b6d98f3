import { describe, expect, it } from "vitest";
import { compareDecimals, parseDecimal, signOf, unitsAt } from "./decimal";
import { change, commission, formatDecimal, money, price, quantity } from "./format";

describe("decimal strings", () => {
  it("are written with separators, decimals and a true minus", () => {
    expect(money("1234567.891")).toBe("1,234,567.89");
    expect(money("-1234.5")).toBe("−1,234.50");
    expect(money("0")).toBe("0.00");
    expect(money("-0.001")).toBe("0.00");
    expect(quantity("1500")).toBe("1,500");
    expect(quantity("0.2500")).toBe("0.25");
    expect(formatDecimal("999999.5", { places: 0 })).toBe("1,000,000");
  });

  it("carry their sign when they are changes, and none when they are nothing", () => {
    expect(change("12.3")).toBe("+12.30");
    expect(change("-12.3")).toBe("−12.30");
    expect(change("0.00")).toBe("0.00");
    expect(change("0.004")).toBe("0.00");
  });

  it("round half to even", () => {
    const cases = { "0.005": "0.00", "0.015": "0.02", "0.025": "0.02", "0.0251": "0.03", "-0.015": "−0.02", "-0.025": "−0.02", "2.675": "2.68" };
    for (const [text, written] of Object.entries(cases)) expect(money(text)).toBe(written);
  });

  it("keep the decimals of the instrument, and those that a price has beyond them", () => {
    expect(price("180", 2)).toBe("180.00");
    expect(price("179.985", 2)).toBe("179.985");
    expect(price("1.08345", 5)).toBe("1.08345");
    expect(price("152.410123", 2)).toBe("152.4101");
    expect(commission("1")).toBe("1.00");
    expect(commission("0.3525")).toBe("0.3525");
  });

  it("are never guessed at: what is no decimal is shown as it came", () => {
    for (const text of ["1e30", "NaN", "", "1,5", "1.", ".5", "0x10"]) {
      expect(parseDecimal(text)).toBeNull();
      expect(money(text)).toBe(text);
    }
    expect(money("79228162514264337593543950335")).toBe("79,228,162,514,264,337,593,543,950,335.00");
  });

  it("compare as numbers, with the unknown apart", () => {
    expect(compareDecimals("9.99", "10")).toBe(-1);
    expect(compareDecimals("1.50", "1.5")).toBe(0);
    expect(compareDecimals("-3", "-20")).toBe(1);
    expect(compareDecimals(null, "1")).toBeNull();
    expect(signOf("-0.00")).toBe(0);
  });
});

/** A small repeatable source of numbers. */
function* numbers(seed: number): Generator<number> {
  let state = seed;
  for (;;) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    yield state;
  }
}

describe("for any decimal", () => {
  const source = numbers(20_260_604);
  const next = () => source.next().value as number;
  const samples = Array.from({ length: 2000 }, () => {
    const fraction = String(next()).slice(0, next() % 9);
    return `${next() % 2 ? "-" : ""}${next() % 10_000_000}${fraction ? `.${fraction}` : ""}`;
  });

  it("writing loses at most half a unit of the last place", () => {
    for (const text of samples) {
      const exact = parseDecimal(text);
      const shown = parseDecimal(money(text).replaceAll(",", "").replace("−", "-"));
      if (!exact || !shown) throw new Error(text);
      const scale = Math.max(exact.scale, 2);
      const difference = unitsAt(exact, scale) - unitsAt(shown, scale);
      expect(2n * (difference < 0n ? -difference : difference) <= 10n ** BigInt(scale - 2)).toBe(true);
    }
  });

  it("enough decimals lose nothing, and the groups are threes", () => {
    for (const text of samples) {
      const full = formatDecimal(text, { places: 12 });
      expect(compareDecimals(full.replaceAll(",", "").replace("−", "-"), text)).toBe(0);
      expect(full).toMatch(/^−?\d{1,3}(,\d{3})*\.\d{12}$/);
    }
  });

  it("a change of sign changes only the sign", () => {
    for (const text of samples) {
      const positive = text.replace("-", "");
      expect(change(`-${positive}`).replace("−", "")).toBe(change(positive).replace("+", ""));
    }
  });
});
