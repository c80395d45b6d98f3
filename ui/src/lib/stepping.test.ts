import { describe, expect, it } from "vitest";
import { stepped, stepsOfKey } from "./stepping";

const CENT = { units: 1n, scale: 2 };
const LOT = { units: 100n, scale: 0 };

describe("stepping a number with the arrow keys", () => {
  it("moves by the step, and by ten with Alt or Shift", () => {
    expect(stepped("180", CENT, 1, 2, null)).toBe("180.01");
    expect(stepped("180.00", CENT, -10, 2, null)).toBe("179.90");
    expect(stepped("300", LOT, 1, 0, null)).toBe("400");
    expect(stepsOfKey({ key: "ArrowUp", altKey: true, shiftKey: false })).toBe(10);
    expect(stepsOfKey({ key: "a", altKey: false, shiftKey: false })).toBeNull();
  });

  it("leads onto the grid first", () => {
    expect(stepped("180.013", CENT, 1, 2, null)).toBe("180.02");
    expect(stepped("180.013", CENT, -1, 2, null)).toBe("180.01");
    expect(stepped("180.013", CENT, 10, 2, null)).toBe("180.11");
  });

  it("starts from the market, never falls to zero, and leaves alone what is no number", () => {
    expect(stepped("", CENT, 1, 2, "179.99")).toBe("179.99");
    expect(stepped("", CENT, 1, 2, null)).toBeNull();
    expect(stepped("0.05", CENT, -10, 2, null)).toBeNull();
    expect(stepped("ten", CENT, 1, 2, "179.99")).toBeNull();
  });
});
