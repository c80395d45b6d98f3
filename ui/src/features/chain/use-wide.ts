import { type RefObject, useLayoutEffect, useState } from "react";

/** Whether the table is wider than its place, so that it is scrolled sideways. */
export function useWide(table: RefObject<HTMLElement | null>, tracks: string): boolean {
  const [wide, setWide] = useState(false);
  useLayoutEffect(() => {
    const element = table.current;
    if (!element) return;
    const measure = () => setWide(element.scrollWidth > element.clientWidth + 1);
    measure();
    if (typeof ResizeObserver === "undefined") return;
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    // Larger letters widen what is in it.
    if (element.firstElementChild) observer.observe(element.firstElementChild);
    return () => observer.disconnect();
  }, [table, tracks]);
  return wide;
}
