import { describe, expect, it } from "vitest";
import type { JournalEntryView } from "../../backend/backend";
import { shortGap } from "../../lib/dates";
import { findingsOf, kindWords } from "./life";

const judged = (body: string): JournalEntryView => ({ seq: 1, at: 1, account: null, intent: null, kind: "judged", says: "", hash: "", body });

describe("one order's life", () => {
  it("shows what stopped it before what let it pass", () => {
    const findings = [
      { rule: "link.up", outcome: "passed", says: "Up." },
      { rule: "ira.no-short-sale", outcome: "blocked", says: "You hold 40." },
      { rule: "price.fresh", outcome: "warned", says: "Delayed." },
    ];
    expect(findingsOf(judged(JSON.stringify({ findings }))).map(({ rule }) => rule)).toEqual(["ira.no-short-sale", "price.fresh", "link.up"]);
  });

  it("shows a record that it can't read without findings", () => {
    expect(findingsOf(judged("{"))).toEqual([]);
    expect(findingsOf(judged(JSON.stringify({ findings: [{ rule: 1 }, null] })))).toEqual([]);
    expect(kindWords("somethingNew")).toBe("somethingNew");
  });

  it("says a gap in the unit that it is felt in", () => {
    expect([0, 12, 999, 1500, 61_000, 3_660_000, 90_000_000].map(shortGap)).toEqual(["0 ms", "12 ms", "999 ms", "1.5 s", "1 min", "1 h", "1 d"]);
  });
});
