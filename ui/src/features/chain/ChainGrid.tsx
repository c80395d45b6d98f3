import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import type { InstrumentView, Side } from "../../backend/backend";
import { useRowWindow } from "../../components/window-rows";
import { ChainHead } from "./ChainHead";
import { useChainKeys } from "./chain-keys";
import { ChainRow } from "./ChainRow";
import type { ColumnId } from "./choices";
import { COLUMN_WORDS, chainColumns } from "./columns";
import { ExpiryHead } from "./ExpiryHead";
import type { Line } from "./lines";
import { useWide } from "./use-wide";

interface Props {
  readonly label: string;
  readonly lines: readonly Line[];
  readonly columns: readonly ColumnId[];
  readonly underlying: number;
  readonly account: string | null;
  readonly rowHeight: number;
  readonly onPick: (option: InstrumentView, side: Side) => void;
  /** Told which options are in sight, nearest to the money of their expiry first. */
  readonly onSeen: (conIds: readonly number[]) => void;
}

const STRIKE = 84;
const HEAD_ROWS = 2;
// At the end of the list a row or two fewer count as in sight, though the table is as high as before.
const SHRUNK_ROWS = 4;

function rem(px: number): string {
  return `${px / 13}rem`;
}

/** The table of a chain, after the ARIA grid pattern: one tab stop, arrows, a strike typed, windowed rows. */
export function ChainGrid({ label, lines, columns: chosen, underlying, account, rowHeight, onPick, onSeen }: Props) {
  const grid = useRef<HTMLDivElement>(null);
  const columns = useMemo(() => chainColumns(chosen), [chosen]);
  const widths = columns.map((column) => (column.side === "strike" ? STRIKE : COLUMN_WORDS[column.id].least));
  const [active, setActive] = useState<{ readonly key: string | null; readonly column: number }>({ key: null, column: Math.max(0, columns.findIndex(({ side }) => side === "strike") - 1) });
  const headHeight = rowHeight * HEAD_ROWS;
  const view = useRowWindow(grid, lines.length, rowHeight, headHeight);
  const atMoney = lines.findIndex((line) => line.kind === "strike" && line.atMoney);
  const nearest = atMoney < 0 ? null : atMoney;

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

  // Both sides are mirrored: the strikes stand in the middle, and with many columns that is brought into sight.
  const tracks = widths.join(" ");
  useLayoutEffect(() => {
    const element = grid.current;
    if (element) element.scrollLeft = (element.scrollWidth - element.clientWidth) / 2;
  }, [tracks]);
  const wide = useWide(grid, tracks);
  const head = lines.slice(0, firstSeen + 1).findLast((line) => line.kind === "head");

  const inSight = lines.slice(firstSeen, endSeen).filter((line) => line.kind === "strike").toSorted((a, b) => a.away - b.away);
  const names = inSight.flatMap(({ row }) => [row.call?.conId, row.put?.conId]).filter((conId) => conId !== undefined).join(" ");
  useEffect(() => onSeen(names === "" ? [] : names.split(" ").map(Number)), [names, onSeen]);

  const at = lines.findIndex(({ kind, key }) => kind === "strike" && key === active.key);
  const activeLine = at >= 0 ? at : (nearest ?? lines.findIndex(({ kind }) => kind === "strike"));
  const activeColumn = Math.min(active.column, columns.length - 1);
  const onKeyDown = useChainKeys({ grid, lines, columns, line: activeLine, column: activeColumn, setActive, reveal: view.reveal, onPick });
  const onActivate = useRef((key: string, column: number) => setActive({ key, column })).current;
  return (
    <div
      ref={grid}
      role="grid"
      aria-label={label}
      aria-rowcount={lines.length + 2}
      aria-colcount={columns.length}
      className={wide ? "grid chain-grid wide" : "grid chain-grid"}
      data-testid="chain-grid"
      onKeyDown={onKeyDown}
      style={{ "--tracks": widths.map((width) => `minmax(${rem(width)}, 1fr)`).join(" "), "--row": `${rowHeight}px`, "--least": rem(widths.reduce((sum, width) => sum + width, 0)) } as React.CSSProperties}
    >
      <ChainHead columns={columns} expiry={head?.group.expiry.expiry ?? null} />
      <div role="rowgroup" className="grid-body" style={{ height: lines.length * rowHeight }}>
        {lines.slice(view.first, view.end).map((line, i) => {
          const index = view.first + i;
          const top = index * rowHeight;
          if (line.kind === "head") return <ExpiryHead key={line.key} group={line.group} index={index} top={top} columns={columns.length} />;
          return (
            <ChainRow
              key={line.key}
              id={line.key}
              name={line.name}
              row={line.row}
              index={index}
              top={top}
              columns={columns}
              underlying={underlying}
              account={account}
              callInMoney={line.callInMoney}
              putInMoney={line.putInMoney}
              atMoney={line.atMoney}
              sigma={line.sigma?.label ?? null}
              sigmaPrice={line.sigma?.price ?? null}
              activeColumn={index === activeLine ? activeColumn : null}
              onActivate={onActivate}
              onPick={onPick}
            />
          );
        })}
      </div>
    </div>
  );
}
