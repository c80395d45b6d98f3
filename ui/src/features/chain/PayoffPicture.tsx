import { type PointerEvent, useState } from "react";
import type { InstrumentView, PayoffView } from "../../backend/backend";
import { signOf } from "../../lib/decimal";
import { change, DASH, price } from "../../lib/format";
import { HEIGHT, lineOf, nearestTo, scaleOf, WIDTH } from "./payoff-scale";
import { StrikeHandles } from "./StrikeHandles";
import type { TrayLeg } from "./tray";

interface Props {
  readonly view: PayoffView;
  /** The date of the second line, in words. */
  readonly onDate: string;
  /** Whether the picture is of other legs still: then only its axis is drawn. */
  readonly isOld: boolean;
  readonly legs: readonly TrayLeg[];
  /** A leg is taken to another listed strike. */
  readonly onMove: (conId: number, to: InstrumentView) => void;
}

/** Profit over the price of the underlying: a line at the first expiry, one on the date. A pointer or the slider below reads it; the legs' marks move them. */
export function PayoffPicture({ view, onDate, isOld, legs, onMove }: Props) {
  const { points } = view;
  const [chosen, setChosen] = useState<string | null>(null);
  const scale = scaleOf(view);
  const at = nearestTo(view, chosen ?? view.spot);
  const point = points[at];
  const reads = point && !isOld ? `At ${price(point.price, 2)}: ${told(point.atExpiry)} at expiry, ${told(point.onDate)} ${onDate}` : "";
  const read = (event: PointerEvent<SVGSVGElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const x = ((event.clientX - box.left) / box.width) * WIDTH;
    const away = points.map((one) => Math.abs(scale.x(one.price) - x));
    setChosen(points[away.indexOf(Math.min(...away))]?.price ?? null);
  };
  const sign = signOf(point?.atExpiry ?? null);
  return (
    <figure className="payoff-picture">
      <StrikeHandles legs={legs} scale={scale} onMove={onMove} />
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={`Profit and loss of ${view.name} over the price of the underlying. The table below has its points.`} onPointerMove={read} data-testid="payoff-picture">
        {!isOld && view.sigma && <rect className="payoff-sigma" x={scale.x(view.sigma.low)} width={Math.max(0, scale.x(view.sigma.high) - scale.x(view.sigma.low))} y={0} height={HEIGHT} />}
        <line className="payoff-zero" x1={0} x2={WIDTH} y1={scale.y("0")} y2={scale.y("0")} />
        {view.spot && <line className="payoff-spot" x1={scale.x(view.spot)} x2={scale.x(view.spot)} y1={0} y2={HEIGHT} />}
        {!isOld && <polyline className="payoff-then" points={lineOf(view, scale, "onDate")} />}
        {!isOld && <polyline className="payoff-expiry" points={lineOf(view, scale, "atExpiry")} />}
        {point && <line className="payoff-cursor" x1={scale.x(point.price)} x2={scale.x(point.price)} y1={0} y2={HEIGHT} />}
      </svg>
      <input type="range" aria-label="Price of the underlying to read at" aria-valuetext={reads} min={0} max={points.length - 1} value={at} onChange={(event) => setChosen(points[Number(event.target.value)]?.price ?? null)} data-testid="payoff-read" />
      <figcaption className={sign === 1 ? "gain" : sign === -1 ? "loss" : ""} data-testid="payoff-reading">
        {reads}
      </figcaption>
    </figure>
  );
}

function told(amount: string | null): string {
  return amount === null ? DASH : change(amount);
}
