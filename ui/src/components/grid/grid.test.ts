import { describe, expect, it } from "vitest";
import { compareDecimals } from "../../lib/decimal";
import { type Column, nextSorting, sortKeys } from "./columns";
import { findTyped, moveFrom } from "./moves";

const values: Record<string, string | null> = { a: "2", b: null, c: "-10", d: "1.5" };
const columns: readonly Column[] = [
  { id: "v", title: "V", least: 1, share: 1, cell: () => null, compare: (x, y) => compareDecimals(values[x] ?? null, values[y] ?? null) },
];

describe("sorting a grid", () => {
  it("puts what is not known last either way", () => {
    expect(sortKeys(["a", "b", "c", "d"], columns, { column: "v", descending: false })).toEqual(["c", "d", "a", "b"]);
    expect(sortKeys(["a", "b", "c", "d"], columns, { column: "v", descending: true })).toEqual(["a", "d", "c", "b"]);
  });

  it("goes up, down, and away", () => {
    const up = nextSorting(null, "v");
    const down = nextSorting(up, "v");
    expect([up, down, nextSorting(down, "v")]).toEqual([{ column: "v", descending: false }, { column: "v", descending: true }, null]);
  });
});

describe("moving in a grid", () => {
  it("stays inside", () => {
    expect(moveFrom({ row: 0, column: 0 }, "ArrowLeft", false, 3, 4)).toEqual({ row: 0, column: 0 });
    expect(moveFrom({ row: 0, column: 2 }, "ArrowUp", false, 3, 4)).toEqual({ row: -1, column: 2 });
    expect(moveFrom({ row: 1, column: 1 }, "End", true, 3, 4)).toEqual({ row: 2, column: 3 });
    expect(moveFrom({ row: 1, column: 1 }, "x", false, 3, 4)).toBeNull();
  });

  it("finds the next row by its first letters", () => {
    const names = ["AAPL", "AMD", "MSFT"];
    expect(findTyped(names, 0, "a")).toBe(1);
    expect(findTyped(names, 1, "a")).toBe(0);
    expect(findTyped(names, 1, "am")).toBe(1);
    expect(findTyped(names, 0, "z")).toBeNull();
  });
});
