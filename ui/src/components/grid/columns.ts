import type { ReactNode } from "react";

/** A column of a grid. Its cells follow the stores themselves, so that a change repaints one cell. */
export interface Column {
  readonly id: string;
  readonly title: string;
  /** Explains the title. */
  readonly tip?: string;
  readonly align?: "left" | "right";
  /** The least width, in px at the usual size of letters. */
  readonly least: number;
  /** Its share of what is left. */
  readonly share: number;
  readonly cell: (key: string) => ReactNode;
  /** Orders two rows; null where one of them is not known. Absent: not sortable. */
  readonly compare?: (a: string, b: string) => number | null;
}

export interface Sorting {
  readonly column: string;
  readonly descending: boolean;
}

/** The keys in order; rows whose value is not known come last either way. */
export function sortKeys(keys: readonly string[], columns: readonly Column[], sorting: Sorting | null): readonly string[] {
  const compare = columns.find(({ id }) => id === sorting?.column)?.compare;
  if (!sorting || !compare) return keys;
  const turn = sorting.descending ? -1 : 1;
  return keys.toSorted((a, b) => {
    const order = compare(a, b);
    if (order !== null) return turn * order;
    const leftKnown = compare(a, a) !== null;
    const rightKnown = compare(b, b) !== null;
    return leftKnown === rightKnown ? 0 : leftKnown ? -1 : 1;
  });
}

/** A first click sorts, a second turns it round, a third leaves it. */
export function nextSorting(now: Sorting | null, column: string): Sorting | null {
  if (now?.column !== column) return { column, descending: false };
  return now.descending ? null : { column, descending: true };
}
