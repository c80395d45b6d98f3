import { useMemo, useRef, useState } from "react";
import { useRowWindow } from "../window-rows";
import type { Column, Sorting } from "./columns";
import { GridHead } from "./GridHead";
import { GridRow } from "./GridRow";
import { useGridKeys } from "./grid-keys";
import type { Cell } from "./moves";
import { useSortedKeys } from "./sorted-keys";

interface Props {
  readonly label: string;
  readonly columns: readonly Column[];
  readonly keys: readonly string[];
  readonly rowHeight: number;
  /** What type-ahead looks for. */
  readonly nameOf: (key: string) => string;
  readonly rowTestId: (key: string) => string;
  /** Enter on a row, or a double click. */
  readonly onOpen?: (key: string) => void;
}

/** Widths grow with the text, so that larger letters cut no number. */
function rem(px: number): string {
  return `${px / 13}rem`;
}

/** A dense table after the ARIA grid pattern: one tab stop, arrows, Home/End, type-ahead, sorting, windowed rows. */
export function DataGrid({ label, columns, keys, rowHeight, nameOf, rowTestId, onOpen }: Props) {
  const grid = useRef<HTMLDivElement>(null);
  const [sorting, setSorting] = useState<Sorting | null>(null);
  const [active, setActive] = useState<Cell>({ row: 0, column: 0 });
  const sorted = useSortedKeys(keys, columns, sorting);
  const rows = useRowWindow(grid, sorted.length, rowHeight, rowHeight);
  const tracks = useMemo(() => columns.map(({ least, share }) => `minmax(${rem(least)}, ${share}fr)`).join(" "), [columns]);
  const least = columns.reduce((sum, column) => sum + column.least, 0);
  const onKeyDown = useGridKeys({ grid, active, setActive, sorted, columns, nameOf, onOpen, reveal: rows.reveal });
  const row = Math.min(active.row, sorted.length - 1);
  return (
    <div
      ref={grid}
      role="grid"
      aria-label={label}
      aria-rowcount={sorted.length + 1}
      aria-colcount={columns.length}
      className="grid"
      onKeyDown={onKeyDown}
      style={{ "--tracks": tracks, "--row": `${rowHeight}px`, "--least": rem(least) } as React.CSSProperties}
    >
      <GridHead columns={columns} sorting={sorting} onSort={setSorting} active={row === -1 ? active.column : null} />
      <div role="rowgroup" className="grid-body" style={{ height: sorted.length * rowHeight }}>
        {sorted.slice(rows.first, rows.end).map((key, i) => (
          <GridRow
            key={key}
            rowKey={key}
            index={rows.first + i}
            top={(rows.first + i) * rowHeight}
            columns={columns}
            activeColumn={row === rows.first + i ? active.column : null}
            onActivate={setActive}
            onOpen={onOpen}
            testId={rowTestId(key)}
          />
        ))}
      </div>
    </div>
  );
}
