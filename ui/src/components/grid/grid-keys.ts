import { type KeyboardEvent, type RefObject, useRef } from "react";
import type { Column } from "./columns";
import { type Cell, findTyped, moveFrom } from "./moves";

interface GridKeys {
  readonly grid: RefObject<HTMLDivElement | null>;
  readonly active: Cell;
  readonly setActive: (cell: Cell) => void;
  readonly sorted: readonly string[];
  readonly columns: readonly Column[];
  readonly nameOf: (key: string) => string;
  readonly onOpen?: (key: string) => void;
  readonly reveal: (row: number) => void;
}

const TYPING_MS = 800;

function focusCell(grid: HTMLElement | null, { row, column }: Cell): boolean {
  const cell = grid?.querySelector<HTMLElement>(`[data-cell="${row}:${column}"]`);
  cell?.focus({ preventScroll: true });
  return cell !== undefined && cell !== null;
}

/** The keyboard of a grid. Enter on a cell with a button goes into it; Escape comes out. */
export function useGridKeys({ grid, active, setActive, sorted, columns, nameOf, onOpen, reveal }: GridKeys) {
  const typing = useRef({ text: "", at: 0 });

  const go = (cell: Cell) => {
    setActive(cell);
    if (cell.row >= 0) reveal(cell.row);
    // A row far away enters the document only with the next render.
    if (!focusCell(grid.current, cell)) requestAnimationFrame(() => focusCell(grid.current, cell));
  };

  const typeAhead = (letter: string) => {
    const now = performance.now();
    const text = now - typing.current.at < TYPING_MS ? typing.current.text + letter : letter;
    typing.current = { text, at: now };
    const row = findTyped(sorted.map(nameOf), active.row, text);
    if (row !== null) go({ row, column: active.column });
  };

  const enter = (event: KeyboardEvent) => {
    const cell = event.target as HTMLElement;
    if (active.row < 0) return cell.click();
    const inside = cell.querySelector<HTMLElement>("button");
    const key = sorted[active.row];
    if (inside) inside.focus();
    else if (key !== undefined) onOpen?.(key);
  };

  return (event: KeyboardEvent<HTMLDivElement>) => {
    const inCell = (event.target as HTMLElement).hasAttribute("data-cell");
    if (event.key === "Escape" && !inCell) focusCell(grid.current, active);
    const moved = moveFrom(active, event.key, event.ctrlKey, sorted.length, columns.length);
    if (moved) {
      event.preventDefault();
      go(moved);
    } else if (inCell && event.key === "Enter") {
      event.preventDefault();
      enter(event);
    } else if (inCell && /^[a-z0-9]$/i.test(event.key) && !event.ctrlKey && !event.metaKey && !event.altKey) {
      typeAhead(event.key);
    }
  };
}
