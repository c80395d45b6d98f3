/** A leg's mark on the picture, in pixels. */
export interface HandlePlace {
  /** Its middle. */
  readonly x: number;
  readonly width: number;
  /** Puts stand below calls. */
  readonly below: boolean;
}

const APART = 2;

/** The row of each mark, from the top, so that none lies on another: each in the first row where it is free. */
export function rowsOf(handles: readonly HandlePlace[]): readonly number[] {
  const rows: number[] = Array.from(handles, () => 0);
  let first = 0;
  for (const below of [false, true]) {
    const ends: number[] = [];
    const own = handles.map((handle, at) => ({ ...handle, at })).filter((handle) => handle.below === below);
    for (const { x, width, at } of own.toSorted((a, b) => a.x - b.x || a.at - b.at)) {
      const left = x - width / 2;
      const free = ends.findIndex((end) => end + APART <= left);
      const row = free === -1 ? ends.length : free;
      ends[row] = x + width / 2;
      rows[at] = first + row;
    }
    first += ends.length;
  }
  return rows;
}
