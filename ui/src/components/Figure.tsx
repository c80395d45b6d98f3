import { useRef } from "react";
import type { Figure as FigureView } from "../backend/backend";
import { useMoment } from "../live/clock";
import { useStale } from "../live/context";
import { ageOf, type FigureShape, toneOf } from "./figure-shape";
import { SourceMark } from "./SourceMark";
import { useTick } from "./tick";
import { Unknown } from "./Unknown";

interface Props {
  readonly figure: FigureView | null | undefined;
  readonly shape: FigureShape;
  /** Why there may be none. */
  readonly why: string;
  readonly testId?: string;
  /** Whether a change tints it for a moment. */
  readonly ticks?: boolean;
  /** What it is in, where that is not plain; never cut off from the number. */
  readonly unit?: string;
}

/** A number with its source and, when it is old, its age; or a dash that says why. */
export function Figure({ figure, shape, why, testId, ticks = false, unit = "" }: Props) {
  const stale = useStale();
  const at = figure?.at ?? null;
  const age = useMoment((now) => ageOf(at, shape, stale, now));
  const ref = useRef<HTMLSpanElement>(null);
  const value = figure?.value ?? null;
  useTick(ref, ticks ? value : null);
  if (value === null) return <Unknown why={why} testId={testId} />;
  const tone = toneOf(value, shape);
  return (
    <span
      ref={ref}
      className={`figure${tone}${age ? " old" : ""}`}
      data-testid={testId}
      data-value={value}
      data-stale={stale || undefined}
      data-at={at ?? undefined}
    >
      {age && <span className="age">{age}</span>}
      <SourceMark source={figure?.source ?? null} />
      <span className="number">
        {unit && <span className="unit">{unit} </span>}
        {shape.write(value)}
      </span>
    </span>
  );
}
