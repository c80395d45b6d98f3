/** A leg's mark on the picture, in pixels. */
export interface HandlePlace {
  /** Its middle. */
  readonly x: number;
  readonly width: number;
  /** A put: it stands below a call that it would lie on. */
  readonly below: boolean;
}

const APART = 2;

/** The row of each mark, from the top, so that none lies on another: each in the first row where it is free, a put below the calls that it would lie on. */
export function rowsOf(handles: readonly HandlePlace[]): readonly number[] {
  const rows: number[] = Array.from(handles, () => 0);
  const taken: (readonly HandlePlace[])[] = [];
  const meets = (one: HandlePlace) => (other: HandlePlace) => Math.abs(one.x - other.x) < (one.width + other.width) / 2 + APART;
  for (const below of [false, true]) {
    const own = handles.map((handle, at) => ({ handle, at })).filter(({ handle }) => handle.below === below);
    for (const { handle, at } of own.toSorted((a, b) => a.handle.x - b.handle.x || a.at - b.at)) {
      const above = taken.findLastIndex((row) => row.some((other) => other.below !== below && meets(handle)(other)));
      const row = Math.max(above + 1, 0);
      const free = taken.findIndex((others, i) => i >= row && !others.some(meets(handle)));
      const place = free === -1 ? taken.length : free;
      taken[place] = [...(taken[place] ?? []), handle];
      rows[at] = place;
    }
  }
  return rows;
}
