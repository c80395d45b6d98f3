// Places on the picture: pixels are the only thing for which money becomes a number.
import type { InstrumentView, PayoffView } from "../../backend/backend";
import type { Series } from "./payoff-series";

export const WIDTH = 520;
export const HEIGHT = 180;
const EDGE = 6;

export interface Scale {
  readonly x: (price: string) => number;
  readonly y: (amount: string) => number;
  /** The price at a place. */
  readonly priceAt: (x: number) => number;
}

/** One scale for all lines. */
export function scaleOf({ points }: PayoffView, lines: readonly Series[]): Scale {
  const prices = points.map((point) => Number(point.price));
  const amounts = [0, ...lines.flatMap(({ amounts }) => amounts.filter((amount) => amount !== null).map(Number))];
  const place = (value: number, low: number, high: number, size: number): number => EDGE + ((value - low) / (high - low || 1)) * (size - 2 * EDGE);
  const [left, right, low, high] = [Math.min(...prices), Math.max(...prices), Math.min(...amounts), Math.max(...amounts)];
  return {
    x: (value) => Math.max(0, Math.min(WIDTH, place(Number(value), left, right, WIDTH))),
    y: (value) => HEIGHT - place(Number(value), low, high, HEIGHT),
    priceAt: (x) => left + ((x - EDGE) / (WIDTH - 2 * EDGE)) * (right - left),
  };
}

export function lineOf({ points }: PayoffView, { x, y }: Scale, { amounts }: Series): string {
  return points.flatMap((point, i) => (amounts[i] == null ? [] : [`${x(point.price)},${y(amounts[i])}`])).join(" ");
}

/** The point nearest to a price. */
export function nearestTo({ points }: PayoffView, price: string | null): number {
  if (price === null) return 0;
  const away = points.map((point) => Math.abs(Number(point.price) - Number(price)));
  return Math.max(0, away.indexOf(Math.min(...away)));
}

/** The listed option whose strike is nearest to a place. */
export function optionAt(ladder: readonly InstrumentView[], price: number): InstrumentView | null {
  const away = ladder.map(({ strike }) => Math.abs(Number(strike ?? 0) - price));
  return ladder[away.indexOf(Math.min(...away))] ?? null;
}
