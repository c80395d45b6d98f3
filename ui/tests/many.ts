import { FakeBackend } from "../src/backend/fake";
import { instrumentOf, positionOf } from "../src/backend/fake/portfolio";
import type { PositionView, Snapshot } from "../src/backend/backend";

/** A fake with many positions, all of which move ten times a second. */
export class BusyBackend extends FakeBackend {
  readonly #rows: number;

  constructor(rows: number) {
    super();
    this.#rows = rows;
  }

  #positions(): PositionView[] {
    const apple = instrumentOf(265598);
    return Array.from({ length: this.#rows }, (_, i) => {
      const price = 100 + i + Math.round(Math.random() * 100) / 100;
      const position = positionOf({ account: "DU1000001", conId: 265598, quantity: 100 + i, cost: 101 }, price, Date.now());
      return { ...position, key: `DU1000001:${i + 1}`, instrument: { ...apple, conId: i + 1, symbol: `SYM${i}`, label: `SYM${i}` } };
    });
  }

  override snapshot(): Snapshot {
    return { ...super.snapshot(), positions: this.#positions(), merged: this.#positions().map((position) => ({ ...position, accounts: ["DU1000001"] })) };
  }

  beat(): void {
    this.send(this.#positions().flatMap((value) => [
      { type: "position" as const, value },
      { type: "merged" as const, value: { ...value, accounts: ["DU1000001"] } },
    ]));
  }
}
