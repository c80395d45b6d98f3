import { useRef } from "react";
import type { Figure as FigureView } from "../backend/backend";
import { shortAge } from "../lib/dates";
import { signOf } from "../lib/decimal";
import { useMoment } from "../live/clock";
import { useStale } from "../live/context";
import type { FigureShape } from "./figure-shape";
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
  const { freshMs } = shape;
  const age = useMoment((now) => {
    if (at === null) return "";
    const old = stale || (freshMs !== null && now - at > freshMs);
    return old ? shortAge(now - at) : "";
  });
  const ref = useRef<HTMLSpanElement>(null);
  const value = figure?.value ?? null;
  useTick(ref, ticks ? value : null);
  if (value === null) return <Unknown why={why} testId={testId} />;
  const sign = shape.gainLoss ? signOf(value) : null;
  const tone = sign === 1 ? " gain" : sign === -1 ? " loss" : "";
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
