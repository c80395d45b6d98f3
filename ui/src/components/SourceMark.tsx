import type { Source } from "../backend/backend";

const MARKS: Record<Exclude<Source, "live">, { readonly mark: string; readonly says: string }> = {
  delayed: { mark: "D", says: "Delayed by about 15 minutes: no live subscription for this market" },
  frozen: { mark: "F", says: "Frozen: the last value before the market closed" },
  delayedFrozen: { mark: "DF", says: "Delayed and frozen: the last delayed value before the market closed" },
  model: { mark: "≈", says: "Reckoned by Gatehouse from other figures, not told by the broker" },
};

/** A small mark on every figure that is not live. */
export function SourceMark({ source }: { readonly source: Source | null }) {
  if (source === null || source === "live") return null;
  const { mark, says } = MARKS[source];
  return (
    <span className="source-mark" role="img" aria-label={says} data-tip={says}>
      {mark}
    </span>
  );
}
