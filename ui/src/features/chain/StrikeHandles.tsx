import { type CSSProperties, useLayoutEffect, useRef, useState } from "react";
import type { InstrumentView } from "../../backend/backend";
import { rowsOf } from "./handle-rows";
import { type Scale, WIDTH } from "./payoff-scale";
import { StrikeHandle } from "./StrikeHandle";
import type { TrayLeg } from "./tray";

interface Props {
  readonly legs: readonly TrayLeg[];
  readonly scale: Scale;
  readonly onMove: (conId: number, to: InstrumentView) => void;
}

// What a mark takes beside its letters: padding and border.
const EDGES = 10;
const LETTER = 0.7;
const LEAST = 26;

/** The legs' marks above the picture, each where it can be seen and taken: those of close strikes one above the other. */
export function StrikeHandles({ legs, scale, onMove }: Props) {
  const ref = useRef<HTMLDivElement>(null);
  const [seen, setSeen] = useState({ width: WIDTH, letter: 11 });
  useLayoutEffect(() => {
    const box = ref.current;
    if (!box) return;
    const measure = () => {
      const { clientWidth } = box;
      if (clientWidth > 0) setSeen({ width: clientWidth, letter: Number(getComputedStyle(box).fontSize.replace("px", "")) || 11 });
    };
    measure();
    if (typeof ResizeObserver === "undefined") return;
    const observer = new ResizeObserver(measure);
    observer.observe(box);
    return () => observer.disconnect();
  }, []);
  const options = legs.filter(({ instrument }) => instrument.strike !== null);
  const rows = rowsOf(
    options.map(({ instrument, ratio }) => ({
      x: (scale.x(instrument.strike ?? "0") / WIDTH) * seen.width,
      width: Math.max(LEAST, EDGES + seen.letter * LETTER * (ratio > 1 ? 2 + String(ratio).length : 2)),
      below: instrument.right === "put",
    })),
  );
  const style: CSSProperties & Record<"--rows", number> = { "--rows": Math.max(2, ...rows.map((row) => row + 1)) };
  return (
    <div ref={ref} className="payoff-handles" style={style}>
      {options.map((leg, i) => (
        <StrikeHandle key={i} leg={leg} strike={leg.instrument.strike ?? "0"} row={rows[i] ?? 0} scale={scale} onMove={onMove} />
      ))}
    </div>
  );
}
