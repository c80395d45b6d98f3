import { describe, expect, it } from "vitest";
import { type HandlePlace, rowsOf } from "./handle-rows";

const at = (x: number, below = false, width = 28): HandlePlace => ({ x, width, below });

describe("rows of the legs' marks", () => {
  it("is one where they are apart", () => {
    expect(rowsOf([at(20), at(100), at(60)])).toEqual([0, 0, 0]);
  });

  it("is another for each that would lie on one", () => {
    expect(rowsOf([at(100), at(100), at(110)])).toEqual([0, 1, 2]);
    // The third is clear of the first again.
    expect(rowsOf([at(100), at(120), at(140)])).toEqual([0, 1, 0]);
  });

  it("has a put below the calls that it would lie on, and beside the others", () => {
    expect(rowsOf([at(100, true), at(100), at(105), at(300, true)])).toEqual([2, 0, 1, 0]);
    expect(rowsOf([at(100, true)])).toEqual([0]);
  });

  it("keeps a narrow iron condor in two rows", () => {
    expect(rowsOf([at(110, true), at(130, true), at(250), at(270)])).toEqual([0, 1, 0, 1]);
  });

  it("lets none lie on another, wherever they are", () => {
    let seed = 7;
    const next = (below: number) => (seed = (seed * 48_271) % 2_147_483_647) % below;
    for (let round = 0; round < 300; round += 1) {
      const handles = Array.from({ length: 8 }, () => at(next(200), next(2) === 0, 24 + next(16)));
      const rows = rowsOf(handles);
      for (const [i, one] of handles.entries()) {
        for (const [j, other] of handles.entries()) {
          if (i < j && rows[i] === rows[j]) expect(Math.abs(one.x - other.x)).toBeGreaterThanOrEqual((one.width + other.width) / 2);
        }
      }
    }
  });
});
