import { type KeyboardEvent, type RefObject, useRef } from "react";
import type { InstrumentView, Side, StrikeView } from "../../backend/backend";
import { moveFrom } from "../../components/grid/moves";
import { sideOfColumn } from "./ChainRow";
import type { ChainColumn } from "./columns";
import { findStrike } from "./strike-typed";

interface ChainKeys {
  readonly grid: RefObject<HTMLDivElement | null>;
  readonly rows: readonly StrikeView[];
  readonly columns: readonly ChainColumn[];
  readonly row: number;
  readonly column: number;
  /** The row at the money. */
  readonly money: number;
  readonly setActive: (active: { readonly strike: string | null; readonly column: number }) => void;
  readonly reveal: (row: number) => void;
  readonly onPick: (option: InstrumentView, side: Side) => void;
}

const TYPING_MS = 1200;

/** The keyboard of a chain: arrows, Home and End, a strike typed; Enter adds at the bid or ask, with Shift the other way round. */
export function useChainKeys({ grid, rows, columns, row, column, money, setActive, reveal, onPick }: ChainKeys) {
  const typing = useRef({ text: "", at: 0 });

  const go = (to: number, over: number) => {
    const strike = rows[to]?.strike;
    if (strike === undefined) return;
    setActive({ strike, column: over });
    reveal(to);
    const focus = (): boolean => {
      const cell = grid.current?.querySelector<HTMLElement>(`[data-cell="${to}:${over}"]`);
      cell?.focus({ preventScroll: true });
      return Boolean(cell);
    };
    // A row far away enters the document only with the next render.
    if (!focus()) requestAnimationFrame(focus);
  };

  const typed = (sign: string) => {
    const now = performance.now();
    const text = now - typing.current.at < TYPING_MS ? typing.current.text + sign : sign;
    typing.current = { text, at: now };
    const to = findStrike(rows.map(({ strike }) => strike), text, money);
    if (to !== null) go(to, column);
  };

  const add = (other: boolean) => {
    const place = columns[column];
    const side = sideOfColumn(place);
    const option = place && place.side !== "strike" ? rows[row]?.[place.side] : null;
    if (!side || !option) return;
    onPick(option, other === (side === "buy") ? "sell" : "buy");
  };

  return (event: KeyboardEvent<HTMLDivElement>) => {
    const moved = moveFrom({ row, column }, event.key, event.ctrlKey, rows.length, columns.length);
    if (moved) {
      event.preventDefault();
      go(Math.max(0, moved.row), moved.column);
    } else if (event.key === "Enter" && !event.repeat) {
      event.preventDefault();
      add(event.shiftKey);
    } else if (/^[0-9.]$/.test(event.key) && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      typed(event.key);
    }
  };
}
