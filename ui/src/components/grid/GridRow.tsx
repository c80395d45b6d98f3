import { memo } from "react";
import type { Column } from "./columns";
import type { Cell } from "./moves";

interface Props {
  readonly rowKey: string;
  readonly index: number;
  readonly top: number;
  readonly columns: readonly Column[];
  /** The column that holds the grid's tab stop, when this row does. */
  readonly activeColumn: number | null;
  readonly onActivate: (cell: Cell) => void;
  readonly onOpen?: (key: string) => void;
  readonly testId: string;
}

export const GridRow = memo(function GridRow(props: Props) {
  const { rowKey, index, top, columns, activeColumn, onActivate, onOpen, testId } = props;
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      className={`grid-row body${activeColumn === null ? "" : " active"}`}
      style={{ top }}
      onDoubleClick={() => onOpen?.(rowKey)}
      data-testid={testId}
    >
      {columns.map((column, i) => (
        <div
          key={column.id}
          role={i === 0 ? "rowheader" : "gridcell"}
          aria-colindex={i + 1}
          data-cell={`${index}:${i}`}
          tabIndex={activeColumn === i ? 0 : -1}
          className={`grid-cell ${column.align ?? "left"}`}
          onFocus={() => onActivate({ row: index, column: i })}
        >
          {column.cell(rowKey)}
        </div>
      ))}
    </div>
  );
});
