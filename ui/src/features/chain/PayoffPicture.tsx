import { type PointerEvent, useState } from "react";
import type { InstrumentView, PayoffView } from "../../backend/backend";
import { change, DASH, price } from "../../lib/format";
import { PayoffLegend } from "./PayoffLegend";
import { HEIGHT, lineOf, nearestTo, scaleOf, WIDTH } from "./payoff-scale";
import type { Series } from "./payoff-series";
import { StrikeHandles } from "./StrikeHandles";
import type { TrayLeg } from "./tray";

interface Props {
  readonly view: PayoffView;
  readonly lines: readonly Series[];
  /** Whether the picture is of other legs still: then only its axis is drawn. */
  readonly isOld: boolean;
  readonly legs: readonly TrayLeg[];
  /** A leg is taken to another listed strike. */
  readonly onMove: (conId: number, to: InstrumentView) => void;
  /** A date that is kept is let go. */
  readonly onDrop: (day: string) => void;
}

/** Profit over the price of the underlying: a line at the first expiry and one for each date. A pointer or the slider below reads them; the legs' marks move them. */
export function PayoffPicture({ view, lines, isOld, legs, onMove, onDrop }: Props) {
  const { points } = view;
  const [chosen, setChosen] = useState<string | null>(null);
  const scale = scaleOf(view, lines);
  const at = nearestTo(view, chosen ?? view.spot);
  const point = points[at];
  const drawn = lines.filter(({ lies }) => lies === "ahead");
  const reads = point && !isOld ? `At ${price(point.price, 2)}: ${drawn.map(({ amounts, within }) => `${told(amounts[at] ?? null)} ${within}`).join(", ")}` : "";
  const read = (event: PointerEvent<SVGSVGElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const x = ((event.clientX - box.left) / box.width) * WIDTH;
    const away = points.map((one) => Math.abs(scale.x(one.price) - x));
    setChosen(points[away.indexOf(Math.min(...away))]?.price ?? null);
  };
  return (
    <figure className="payoff-picture">
      <StrikeHandles legs={legs} scale={scale} onMove={onMove} />
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={`Profit and loss of ${view.name} over the price of the underlying. The table below has its points.`} onPointerMove={read} data-testid="payoff-picture">
        {!isOld && view.sigma && <rect className="payoff-sigma" x={scale.x(view.sigma.low)} width={Math.max(0, scale.x(view.sigma.high) - scale.x(view.sigma.low))} y={0} height={HEIGHT} />}
        <line className="payoff-zero" x1={0} x2={WIDTH} y1={scale.y("0")} y2={scale.y("0")} />
        {view.spot && <line className="payoff-spot" x1={scale.x(view.spot)} x2={scale.x(view.spot)} y1={0} y2={HEIGHT} />}
        {/* The line at expiry lies over those before it. */}
        {!isOld && drawn.toReversed().map((line) => <polyline key={line.id} className={line.line} points={lineOf(view, scale, line)} />)}
        {point && <line className="payoff-cursor" x1={scale.x(point.price)} x2={scale.x(point.price)} y1={0} y2={HEIGHT} />}
      </svg>
      <input type="range" aria-label="Price of the underlying to read at" aria-valuetext={reads} min={0} max={points.length - 1} value={at} onChange={(event) => setChosen(points[Number(event.target.value)]?.price ?? null)} data-testid="payoff-read" />
      <PayoffLegend lines={lines} at={point && !isOld ? { place: at, price: point.price } : null} onDrop={onDrop} />
    </figure>
  );
}

function told(amount: string | null): string {
  return amount === null ? DASH : change(amount);
}
