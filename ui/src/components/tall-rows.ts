import { type RefCallback, type RefObject, useCallback, useEffect, useMemo, useRef, useState } from "react";

/** Which rows of a long list with rows of different heights are in sight. */
export interface TallRows {
  readonly first: number;
  /** One past the last. */
  readonly end: number;
  /** Of all rows. */
  readonly height: number;
  readonly topOf: (row: number) => number;
  /** Given to each row in the document, so that its true height counts. */
  readonly measure: RefCallback<HTMLElement>;
}

const SPARE_PX = 400;
// Before the first layout, and where there is none, a window of this height is assumed.
const UNKNOWN_HEIGHT = 800;

/** The first index whose top lies beyond. */
function firstBeyond(tops: readonly number[], at: number): number {
  let [low, high] = [0, tops.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((tops[middle] ?? 0) > at) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Windowing over rows whose heights are learnt once they are drawn; a row names itself by `data-row`. */
export function useTallRows(scroller: RefObject<HTMLElement | null>, keys: readonly string[], guess: number): TallRows {
  const heights = useRef(new Map<string, number>());
  const [learnt, setLearnt] = useState(0);
  const [view, setView] = useState({ top: 0, height: UNKNOWN_HEIGHT });
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const read = () => setView({ top: element.scrollTop, height: element.clientHeight || UNKNOWN_HEIGHT });
    read();
    const observer = typeof ResizeObserver === "undefined" ? null : new ResizeObserver(read);
    observer?.observe(element);
    element.addEventListener("scroll", read, { passive: true });
    return () => {
      observer?.disconnect();
      element.removeEventListener("scroll", read);
    };
  }, [scroller]);
  const rowObserver = useMemo(() => {
    if (typeof ResizeObserver === "undefined") return null;
    return new ResizeObserver((entries) => {
      let changed = false;
      for (const { target, borderBoxSize } of entries) {
        const key = (target as HTMLElement).dataset.row ?? "";
        const height = borderBoxSize[0]?.blockSize ?? 0;
        if (height > 0 && heights.current.get(key) !== height) {
          heights.current.set(key, height);
          changed = true;
        }
      }
      if (changed) setLearnt((n) => n + 1);
    });
  }, []);
  const measure = useCallback(
    (element: HTMLElement | null) => {
      if (!element) return undefined;
      rowObserver?.observe(element);
      return () => rowObserver?.unobserve(element);
    },
    [rowObserver],
  );
  // Where each row ends.
  const bottoms = useMemo(() => {
    let bottom = 0;
    return keys.map((key) => (bottom += heights.current.get(key) ?? guess));
    // What was learnt is in the ref.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [keys, guess, learnt]);
  return {
    first: firstBeyond(bottoms, view.top - SPARE_PX),
    end: Math.min(keys.length, firstBeyond(bottoms, view.top + view.height + SPARE_PX) + 1),
    height: bottoms.at(-1) ?? 0,
    topOf: (row) => bottoms[row - 1] ?? 0,
    measure,
  };
}
