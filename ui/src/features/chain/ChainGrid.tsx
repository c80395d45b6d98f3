import { useEffect, useMemo, useRef, useState } from "react";
import type { InstrumentView, Side, StrikeView } from "../../backend/backend";
import { useRowWindow } from "../../components/window-rows";
import { ChainHead } from "./ChainHead";
import { useChainKeys } from "./chain-keys";
import { ChainRow } from "./ChainRow";
import type { ColumnId } from "./choices";
import { COLUMN_WORDS, chainColumns } from "./columns";
import { type Money, nearestFirst } from "./money";

interface Props {
  readonly label: string;
  readonly rows: readonly StrikeView[];
  readonly money: Money | null;
  readonly columns: readonly ColumnId[];
  readonly underlying: number;
  readonly account: string | null;
  readonly rowHeight: number;
  readonly onPick: (option: InstrumentView, side: Side) => void;
  /** Told which options are in sight, nearest to the money first. */
  readonly onSeen: (conIds: readonly number[]) => void;
}

const STRIKE = 70;
const HEAD_ROWS = 2;
// At the end of the list a row or two fewer count as in sight, though the table is as high as before.
const SHRUNK_ROWS = 4;

function rem(px: number): string {
  return `${px / 13}rem`;
}

/** The table of a chain, after the ARIA grid pattern: one tab stop, arrows, a strike typed, windowed rows. */
export function ChainGrid({ label, rows, money, columns: chosen, underlying, account, rowHeight, onPick, onSeen }: Props) {
  const grid = useRef<HTMLDivElement>(null);
  const columns = useMemo(() => chainColumns(chosen), [chosen]);
  const widths = columns.map((column) => (column.side === "strike" ? STRIKE : COLUMN_WORDS[column.id].least));
  const [active, setActive] = useState<{ readonly strike: string | null; readonly column: number }>({ strike: null, column: Math.max(0, columns.findIndex(({ side }) => side === "strike") - 1) });
  const headHeight = rowHeight * HEAD_ROWS;
  const view = useRowWindow(grid, rows.length, rowHeight, headHeight);
  const nearest = money?.nearest ?? null;

  const { firstSeen, endSeen } = view;
  // The money is brought into the middle when it is first known, and again when the table grows smaller and loses it; never when one scrolls.
  const before = useRef<{ readonly count: number; readonly seen: boolean } | null>(null);
  useEffect(() => {
    const element = grid.current;
    if (nearest === null || !element) return;
    const count = endSeen - firstSeen;
    const seen = nearest >= firstSeen && nearest < endSeen - HEAD_ROWS;
    const lost = before.current === null || (before.current.seen && !seen && count + SHRUNK_ROWS <= before.current.count);
    before.current = { count, seen: lost || seen };
    if (lost) element.scrollTop = Math.max(0, nearest * rowHeight - (element.clientHeight - headHeight - rowHeight) / 2);
  }, [nearest, firstSeen, endSeen, rowHeight, headHeight]);

  useEffect(() => {
    const order = nearestFirst(firstSeen, endSeen, nearest ?? firstSeen);
    onSeen(order.flatMap((row) => [rows[row]?.call?.conId, rows[row]?.put?.conId]).filter((conId) => conId !== undefined));
  }, [rows, firstSeen, endSeen, nearest, onSeen]);

  const at = rows.findIndex(({ strike }) => strike === active.strike);
  const activeRow = at >= 0 ? at : (nearest ?? 0);
  const activeColumn = Math.min(active.column, columns.length - 1);
  const onKeyDown = useChainKeys({ grid, rows, columns, row: activeRow, column: activeColumn, money: nearest ?? 0, setActive, reveal: view.reveal, onPick });
  const onActivate = useRef((strike: string, column: number) => setActive({ strike, column })).current;
  return (
    <div
      ref={grid}
      role="grid"
      aria-label={label}
      aria-rowcount={rows.length + 2}
      aria-colcount={columns.length}
      className="grid chain-grid"
      data-testid="chain-grid"
      onKeyDown={onKeyDown}
      style={{ "--tracks": widths.map((width) => `minmax(${rem(width)}, 1fr)`).join(" "), "--row": `${rowHeight}px`, "--least": rem(widths.reduce((sum, width) => sum + width, 0)) } as React.CSSProperties}
    >
      <ChainHead columns={columns} />
      <div role="rowgroup" className="grid-body" style={{ height: rows.length * rowHeight }}>
        {rows.slice(view.first, view.end).map((row, i) => {
          const index = view.first + i;
          return (
            <ChainRow
              key={row.strike}
              row={row}
              index={index}
              top={index * rowHeight}
              columns={columns}
              underlying={underlying}
              account={account}
              callInMoney={money !== null && index < money.below}
              putInMoney={money !== null && index >= money.upTo}
              atMoney={index === nearest}
              activeColumn={index === activeRow ? activeColumn : null}
              onActivate={onActivate}
              onPick={onPick}
            />
          );
        })}
      </div>
    </div>
  );
}
