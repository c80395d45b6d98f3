import { FakeBackend } from "../src/backend/fake";
import { optionQuoteOf } from "../src/backend/fake/chain";
import { instrumentOf, positionOf } from "../src/backend/fake/portfolio";
import type { Figure, PositionView, QuoteView, Snapshot } from "../src/backend/backend";

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

/** A fake whose options in sight all move ten times a second. */
export class BusyChain extends FakeBackend {
  #shown: readonly number[] = [];
  #beats = 0;

  override async showOptions(conIds: readonly number[]): Promise<void> {
    this.#shown = conIds;
    await super.showOptions(conIds);
  }

  beat(): void {
    this.#beats += 1;
    this.send(this.#shown.map((conId) => ({ type: "quote" as const, value: stirred(conId, this.#beats) })));
  }
}

/** The option's quote with every figure a little off, as a program tells it that has it from a stream. */
export function stirred(conId: number, beat: number): QuoteView {
  const at = Date.now();
  const quote = optionQuoteOf(conId, at);
  const off = (figure: Figure, by: number): Figure => (figure.value === null ? figure : { ...figure, at, value: (Number(figure.value) + by * ((conId + beat) % 7)).toFixed(4) });
  const { greeks, model } = quote;
  return {
    ...quote,
    bid: off(quote.bid, 0.01),
    ask: off(quote.ask, 0.01),
    greeks: greeks && {
      ...greeks,
      impliedVolatility: off(greeks.impliedVolatility, 0.001),
      delta: off(greeks.delta, 0.01),
      gamma: off(greeks.gamma, 0.0001),
      theta: off(greeks.theta, 0.001),
      vega: off(greeks.vega, 0.001),
    },
    model: model && { ...model, rho: off(model.rho, 0.001), breakeven: off(model.breakeven, 0.01) },
  };
}
