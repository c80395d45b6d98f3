import { type Column, nextSorting, type Sorting } from "./columns";

interface Props {
  readonly columns: readonly Column[];
  readonly sorting: Sorting | null;
  readonly onSort: (sorting: Sorting | null) => void;
  /** The column that holds the grid's tab stop, when the head does. */
  readonly active: number | null;
}

export function GridHead({ columns, sorting, onSort, active }: Props) {
  return (
    <div role="rowgroup" className="grid-head">
      <div role="row" aria-rowindex={1} className="grid-row">
        {columns.map((column, i) => {
          const sorted = sorting?.column === column.id ? sorting : null;
          const direction = sorted ? (sorted.descending ? "descending" : "ascending") : "none";
          return (
            <div
              key={column.id}
              role="columnheader"
              aria-colindex={i + 1}
              aria-sort={column.compare ? direction : undefined}
              data-cell={`-1:${i}`}
              data-tip={column.tip}
              tabIndex={active === i ? 0 : -1}
              className={`grid-cell ${column.align ?? "left"}${column.compare ? " sortable" : ""}`}
              data-testid={`sort-${column.id}`}
              onClick={() => column.compare && onSort(nextSorting(sorting, column.id))}
            >
              <span className="grid-title">{column.title}</span>
              {sorted && <span aria-hidden="true">{sorted.descending ? "▾" : "▴"}</span>}
            </div>
          );
        })}
      </div>
    </div>
  );
}
