import { type RefObject, useCallback, useEffect, useState } from "react";

/** Which rows of a long list are in sight. */
export interface RowWindow {
  readonly first: number;
  /** One past the last. */
  readonly end: number;
  /** The first of those that are truly in sight. */
  readonly firstSeen: number;
  /** One past the last of them. */
  readonly endSeen: number;
  /** Brings a row into sight. */
  readonly reveal: (row: number) => void;
}

const SPARE_ROWS = 8;
// Before the first layout, and where there is none, a window of this height is assumed.
const UNKNOWN_HEIGHT = 800;

/** Windowing over rows of one height: only rows in sight, and a few about them, are in the document. */
export function useRowWindow(scroller: RefObject<HTMLElement | null>, count: number, rowHeight: number, headHeight = 0): RowWindow {
  const [first, setFirst] = useState(0);
  const [visible, setVisible] = useState(Math.ceil(UNKNOWN_HEIGHT / rowHeight));
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const read = () => {
      setFirst(Math.floor(element.scrollTop / rowHeight));
      setVisible(Math.ceil((element.clientHeight || UNKNOWN_HEIGHT) / rowHeight));
    };
    read();
    const observer = typeof ResizeObserver === "undefined" ? null : new ResizeObserver(read);
    observer?.observe(element);
    element.addEventListener("scroll", read, { passive: true });
    return () => {
      observer?.disconnect();
      element.removeEventListener("scroll", read);
    };
  }, [scroller, rowHeight]);
  const reveal = useCallback(
    (row: number) => {
      const element = scroller.current;
      if (!element) return;
      const top = row * rowHeight;
      const bottom = top + rowHeight + headHeight;
      if (top < element.scrollTop) element.scrollTop = top;
      else if (bottom > element.scrollTop + element.clientHeight) element.scrollTop = bottom - element.clientHeight;
    },
    [scroller, rowHeight, headHeight],
  );
  return {
    first: Math.max(0, Math.min(first, count) - SPARE_ROWS),
    end: Math.min(count, first + visible + SPARE_ROWS),
    firstSeen: Math.min(first, count),
    endSeen: Math.min(count, first + visible),
    reveal,
  };
}
