import { type KeyboardEvent, type RefObject, useRef } from "react";
import type { InstrumentView, Side } from "../../backend/backend";
import { moveFrom } from "../../components/grid/moves";
import { sideOfColumn } from "./ChainRow";
import type { ChainColumn } from "./columns";
import type { Line, StrikeLine } from "./lines";
import { findStrike } from "./strike-typed";

interface ChainKeys {
  readonly grid: RefObject<HTMLDivElement | null>;
  readonly lines: readonly Line[];
  readonly columns: readonly ChainColumn[];
  /** Where the table's tab stop is. */
  readonly line: number;
  readonly column: number;
  readonly setActive: (active: { readonly key: string | null; readonly column: number }) => void;
  readonly reveal: (line: number) => void;
  readonly onPick: (option: InstrumentView, side: Side) => void;
}

const TYPING_MS = 1200;

/** The keyboard of a chain: arrows over all its strikes, Home and End, a strike of the same expiry typed; Enter adds at the bid or ask, with Shift the other way round. */
export function useChainKeys({ grid, lines, columns, line, column, setActive, reveal, onPick }: ChainKeys) {
  const typing = useRef({ text: "", at: 0 });
  const here = lines[line];

  const go = (to: number, over: number) => {
    const key = lines[to]?.key;
    if (key === undefined) return;
    setActive({ key, column: over });
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
    if (here?.kind !== "strike") return;
    const same = strikesOf(lines).filter((one) => one.strike.of === here.of);
    const money = same.findIndex(({ strike }) => strike.atMoney);
    const to = findStrike(same.map(({ strike }) => strike.row.strike), text, Math.max(0, money));
    const found = to === null ? undefined : same[to];
    if (found) go(found.at, column);
  };

  const add = (other: boolean) => {
    const place = columns[column];
    const side = sideOfColumn(place);
    const option = place && place.side !== "strike" && here?.kind === "strike" ? here.row[place.side] : null;
    if (!side || !option) return;
    onPick(option, other === (side === "buy") ? "sell" : "buy");
  };

  return (event: KeyboardEvent<HTMLDivElement>) => {
    const strikes = strikesOf(lines);
    const row = strikes.findIndex(({ at }) => at === line);
    const moved = moveFrom({ row, column }, event.key, event.ctrlKey, strikes.length, columns.length);
    const to = moved && strikes[Math.max(0, moved.row)];
    if (moved && to) {
      event.preventDefault();
      go(to.at, moved.column);
    } else if (event.key === "Enter" && !event.repeat) {
      event.preventDefault();
      add(event.shiftKey);
    } else if (/^[0-9.]$/.test(event.key) && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      typed(event.key);
    }
  };
}

/** The strikes among the lines, each with its place: heads are passed over. */
function strikesOf(lines: readonly Line[]): readonly { readonly at: number; readonly strike: StrikeLine }[] {
  return lines.flatMap((line, at) => (line.kind === "strike" ? [{ at, strike: line }] : []));
}
