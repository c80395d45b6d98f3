import { type KeyboardEvent, type PointerEvent, useRef, useState } from "react";
import type { InstrumentView } from "../../backend/backend";
import { useBackend } from "../../backend/context";
import { price } from "../../lib/format";
import { optionAt, type Scale, WIDTH } from "./payoff-scale";
import { strikeBeside } from "./strategy-ask";
import type { TrayLeg } from "./tray";

interface Props {
  readonly leg: TrayLeg;
  readonly strike: string;
  /** From the top. */
  readonly row: number;
  readonly scale: Scale;
  readonly onMove: (conId: number, to: InstrumentView) => void;
}

/** A leg's mark at its strike: dragged along the picture, or moved by arrow keys, to another listed strike. */
export function StrikeHandle({ leg, strike, row, scale, onMove }: Props) {
  const backend = useBackend();
  const [aimed, setAimed] = useState<InstrumentView | null>(null);
  const ladder = useRef<readonly InstrumentView[] | null>(null);
  const { conId, side, instrument } = leg;
  const right = instrument.right === "put" ? "P" : "C";
  const begin = (event: PointerEvent<HTMLButtonElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    ladder.current = [];
    // Without the other strikes it can't be moved, and stays.
    backend.ladder(conId).then((all) => {
      if (ladder.current) ladder.current = all;
    }, () => undefined);
  };
  const drag = (event: PointerEvent<HTMLButtonElement>) => {
    const box = event.currentTarget.parentElement?.getBoundingClientRect();
    if (ladder.current === null || !box) return;
    setAimed(optionAt(ladder.current, scale.priceAt(((event.clientX - box.left) / box.width) * WIDTH)));
  };
  const end = (taken: boolean) => {
    if (taken && aimed && ladder.current !== null) onMove(conId, aimed);
    ladder.current = null;
    setAimed(null);
  };
  const onKeyDown = async (event: KeyboardEvent) => {
    const by = event.key === "ArrowRight" || event.key === "ArrowUp" ? 1 : event.key === "ArrowLeft" || event.key === "ArrowDown" ? -1 : null;
    if (event.key === "Escape") end(false);
    if (by === null) return;
    event.preventDefault();
    const next = await strikeBeside(backend, conId, by).catch(() => null);
    if (next) onMove(conId, next);
  };
  const at = aimed?.strike ?? strike;
  const verb = side === "buy" ? "Buy" : "Sell";
  return (
    <button
      type="button"
      className={`strike-handle leg-${side}${aimed ? " aimed" : ""}`}
      style={{ left: `${(scale.x(at) / WIDTH) * 100}%`, top: `calc(${row} * var(--handle))` }}
      aria-label={`${verb} ${instrument.label}: drag to another strike, or use the arrow keys`}
      onPointerDown={begin}
      onPointerMove={drag}
      onPointerUp={() => end(true)}
      onPointerCancel={() => end(false)}
      onKeyDown={(event) => void onKeyDown(event)}
      data-strike={at}
      data-row={row}
      data-testid={`payoff-leg-${conId}`}
    >
      {side === "buy" ? "+" : "−"}
      {leg.ratio > 1 ? leg.ratio : ""}
      {right}
      {aimed && <span className="strike-aim">{price(at, 0)}</span>}
    </button>
  );
}
