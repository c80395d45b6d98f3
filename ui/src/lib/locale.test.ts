import { describe, expect, it } from "vitest";
import { shortAge } from "./dates";
import { usableLocale } from "./locale";

describe("a locale", () => {
  it("that Intl would throw on becomes a usable one", () => {
    for (const wanted of ["C", "C.UTF-8", "POSIX", "", undefined]) {
      expect(() => new Intl.DateTimeFormat(usableLocale(wanted ?? ""))).not.toThrow();
    }
    expect(usableLocale("C")).toBe("en-US");
  });

  it("that Intl knows is kept", () => {
    expect(usableLocale("de-DE")).toBe("de-DE");
  });
});

describe("an age", () => {
  it("is one short word, and never below zero", () => {
    expect([-5, 0, 59_999, 60_000, 7_199_000, 90_000_000].map(shortAge)).toEqual(["0s", "0s", "59s", "1m", "1h", "1d"]);
  });
});
