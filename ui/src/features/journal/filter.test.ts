import { describe, expect, it } from "vitest";
import { asked, dayStart, isFiltered, NO_FILTER } from "./filter";

describe("a filter of the journal", () => {
  it("includes its last day and asks for nothing when it is empty", () => {
    expect(asked(NO_FILTER)).toEqual({ account: null, intent: null, text: null, since: null, until: null });
    expect(isFiltered(NO_FILTER)).toBe(false);
    const day = asked({ ...NO_FILTER, from: "2026-12-18", until: "2026-12-18", text: "  stop " });
    expect(day.since).toBe(new Date(2026, 11, 18).getTime());
    expect(day.until).toBe(new Date(2026, 11, 19).getTime());
    expect(day.text).toBe("stop");
  });

  it("crosses the end of a month and takes no half-typed day", () => {
    expect(dayStart("2026-12-31", 1)).toBe(new Date(2027, 0, 1).getTime());
    expect(dayStart("2026-12")).toBeNull();
  });
});
