import type { KeyboardEvent } from "react";
import { stepsIn, textOf } from "../../lib/arithmetic";
import type { Decimal } from "../../lib/decimal";
import { stepsOfKey } from "../../lib/stepping";
import type { Line, Span } from "./ladder";

interface Props {
  readonly line: Line;
  /** How far up it is drawn, 0 to 1. */
  readonly height: number;
  readonly tick: Decimal;
  readonly span: Span;
  readonly places: number;
  readonly onStep: (count: number) => void;
  readonly onHold: () => void;
  readonly onPull: (clientY: number) => void;
  readonly onDrop: () => void;
}

/** One line of the ladder: a slider that stands upright. */
export function LadderLine({ line, height, tick, span, places, onStep, onHold, onPull, onDrop }: Props) {
  const price = textOf(line.price, places);
  const style = { bottom: `${height * 100}%` };
  const body = (
    <span className="ladder-label">
      {line.title} <strong>{line.isSet ? price : "not set"}</strong>
    </span>
  );
  const name = `ladder-line line-${line.name}${line.isSet ? "" : " unset"}`;
  if (!line.canMove) {
    return (
      <div className={name} style={style} data-testid={`ladder-${line.name}`} data-value={price}>
        {body}
      </div>
    );
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const count = stepsOfKey(event) ?? { PageUp: 10, PageDown: -10 }[event.key] ?? null;
    if (count === null) return;
    event.preventDefault();
    onStep(count);
  };
  return (
    <div
      className={name}
      style={style}
      role="slider"
      tabIndex={0}
      aria-label={line.title}
      aria-orientation="vertical"
      aria-valuemin={Number(span.low)}
      aria-valuemax={Number(span.high)}
      aria-valuenow={Number(stepsIn(line.price, tick) ?? span.low)}
      aria-valuetext={line.isSet ? price : `not set; an arrow key puts it at ${price}`}
      data-testid={`ladder-${line.name}`}
      data-value={line.isSet ? price : undefined}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        onHold();
      }}
      onPointerMove={(event) => onPull(event.clientY)}
      onPointerUp={onDrop}
      onPointerCancel={onDrop}
    >
      {body}
    </div>
  );
}
