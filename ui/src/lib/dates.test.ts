import { describe, expect, it } from "vitest";
import { momentText, parseMoment } from "./dates";

describe("a moment as it is typed", () => {
  it("is read in the person's zone and written back the same", () => {
    const at = parseMoment("2026-11-30 16:05");
    expect(at).toBe(new Date(2026, 10, 30, 16, 5).getTime());
    expect(momentText(at ?? 0)).toBe("2026-11-30 16:05");
  });

  it("is not guessed at", () => {
    for (const text of ["", "16:00", "2026-02-30 10:00", "2026-13-01 10:00", "2026-11-30 24:00", "30.11.2026 16:00", "2026-11-30 16"]) expect(parseMoment(text)).toBeNull();
  });
});
