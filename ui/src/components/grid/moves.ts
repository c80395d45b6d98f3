/** A cell; row −1 is the head. */
export interface Cell {
  readonly row: number;
  readonly column: number;
}

const PAGE = 10;

/** Where a key leads from a cell in the ARIA grid pattern, or null when the key is not one of the grid's. */
export function moveFrom({ row, column }: Cell, key: string, ctrl: boolean, rows: number, columns: number): Cell | null {
  const clamp = (r: number, c: number): Cell => ({
    row: Math.max(-1, Math.min(rows - 1, r)),
    column: Math.max(0, Math.min(columns - 1, c)),
  });
  switch (key) {
    case "ArrowDown":
      return clamp(row + 1, column);
    case "ArrowUp":
      return clamp(row - 1, column);
    case "ArrowRight":
      return clamp(row, column + 1);
    case "ArrowLeft":
      return clamp(row, column - 1);
    case "PageDown":
      return clamp(row + PAGE, column);
    case "PageUp":
      return clamp(Math.max(0, row - PAGE), column);
    case "Home":
      return ctrl ? clamp(0, 0) : clamp(row, 0);
    case "End":
      return ctrl ? clamp(rows - 1, columns - 1) : clamp(row, columns - 1);
    default:
      return null;
  }
}

/** The next row after `from` whose name begins with what was typed; the row itself when the typing goes on. */
export function findTyped(names: readonly string[], from: number, typed: string): number | null {
  const wanted = typed.toLowerCase();
  const start = typed.length > 1 ? Math.max(from, 0) : from + 1;
  for (let step = 0; step < names.length; step += 1) {
    const row = (start + step) % names.length;
    if (names[row]?.toLowerCase().startsWith(wanted)) return row;
  }
  return null;
}
