import { type PointerEvent, useState } from "react";
import type { PayoffView } from "../../backend/backend";
import { signOf } from "../../lib/decimal";
import { change, DASH, price } from "../../lib/format";

const WIDTH = 520;
const HEIGHT = 180;
const EDGE = 6;

interface Props {
  readonly view: PayoffView;
  /** The date of the second line, in words. */
  readonly onDate: string;
}

/** Profit over the price of the underlying: a line at the first expiry, one on the date. A pointer or the slider below reads it. */
export function PayoffPicture({ view, onDate }: Props) {
  const { points } = view;
  const [chosen, setChosen] = useState<number | null>(null);
  const scale = scaleOf(view);
  const usual = nearestTo(view, view.spot);
  const at = Math.min(chosen ?? usual, points.length - 1);
  const point = points[at];
  const reads = point ? `At ${price(point.price, 2)}: ${told(point.atExpiry)} at expiry, ${told(point.onDate)} ${onDate}` : "";
  const read = (event: PointerEvent<SVGSVGElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const x = ((event.clientX - box.left) / box.width) * WIDTH;
    const away = points.map((one) => Math.abs(scale.x(one.price) - x));
    setChosen(away.indexOf(Math.min(...away)));
  };
  const sign = signOf(point?.atExpiry ?? null);
  return (
    <figure className="payoff-picture">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={`Profit and loss of ${view.name} over the price of the underlying. The table below has its points.`} onPointerMove={read} data-testid="payoff-picture">
        {view.sigma && <rect className="payoff-sigma" x={scale.x(view.sigma.low)} width={Math.max(0, scale.x(view.sigma.high) - scale.x(view.sigma.low))} y={0} height={HEIGHT} />}
        <line className="payoff-zero" x1={0} x2={WIDTH} y1={scale.y("0")} y2={scale.y("0")} />
        {view.spot && <line className="payoff-spot" x1={scale.x(view.spot)} x2={scale.x(view.spot)} y1={0} y2={HEIGHT} />}
        <polyline className="payoff-then" points={lineOf(view, scale, "onDate")} />
        <polyline className="payoff-expiry" points={lineOf(view, scale, "atExpiry")} />
        {point && <line className="payoff-cursor" x1={scale.x(point.price)} x2={scale.x(point.price)} y1={0} y2={HEIGHT} />}
      </svg>
      <input type="range" aria-label="Price of the underlying to read at" aria-valuetext={reads} min={0} max={points.length - 1} value={at} onChange={(event) => setChosen(Number(event.target.value))} data-testid="payoff-read" />
      <figcaption className={sign === 1 ? "gain" : sign === -1 ? "loss" : ""} data-testid="payoff-reading">
        {reads}
      </figcaption>
    </figure>
  );
}

function told(amount: string | null): string {
  return amount === null ? DASH : change(amount);
}

interface Scale {
  readonly x: (price: string) => number;
  readonly y: (amount: string) => number;
}

/** Places on the picture: pixels are the only thing for which money becomes a number. */
function scaleOf({ points }: PayoffView): Scale {
  const prices = points.map((point) => Number(point.price));
  const amounts = [0, ...points.flatMap(({ atExpiry, onDate }) => [atExpiry, onDate]).filter((amount) => amount !== null).map(Number)];
  const place = (value: number, low: number, high: number, size: number): number => EDGE + ((value - low) / (high - low || 1)) * (size - 2 * EDGE);
  const [left, right, low, high] = [Math.min(...prices), Math.max(...prices), Math.min(...amounts), Math.max(...amounts)];
  return {
    x: (value) => Math.max(0, Math.min(WIDTH, place(Number(value), left, right, WIDTH))),
    y: (value) => HEIGHT - place(Number(value), low, high, HEIGHT),
  };
}

function lineOf({ points }: PayoffView, { x, y }: Scale, part: "atExpiry" | "onDate"): string {
  return points.flatMap((point) => (point[part] === null ? [] : [`${x(point.price)},${y(point[part])}`])).join(" ");
}

function nearestTo({ points }: PayoffView, spot: string | null): number {
  if (spot === null) return 0;
  const away = points.map((point) => Math.abs(Number(point.price) - Number(spot)));
  return Math.max(0, away.indexOf(Math.min(...away)));
}
