import { type ChainColumn, COLUMN_WORDS } from "./columns";

/** The head of the table: which side, then which column. */
export function ChainHead({ columns }: { readonly columns: readonly ChainColumn[] }) {
  const side = (columns.length - 1) / 2;
  return (
    <div role="rowgroup" className="grid-head">
      <div role="row" aria-rowindex={1} className="grid-row chain-sides">
        <div role="columnheader" aria-colindex={1} aria-colspan={side} style={{ gridColumn: `1 / span ${side}` }} className="grid-cell">Calls</div>
        <div role="columnheader" aria-colindex={side + 1} className="grid-cell chain-strike">
          <span className="vh">Strikes</span>
        </div>
        <div role="columnheader" aria-colindex={side + 2} aria-colspan={side} style={{ gridColumn: `${side + 2} / span ${side}` }} className="grid-cell">Puts</div>
      </div>
      <div role="row" aria-rowindex={2} className="grid-row">
        {columns.map((column, i) =>
          column.side === "strike" ? (
            <div key="strike" role="columnheader" aria-colindex={i + 1} className="grid-cell chain-strike">
              Strike
            </div>
          ) : (
            <div key={`${column.side}-${column.id}`} role="columnheader" aria-colindex={i + 1} className="grid-cell right" aria-label={`${column.side === "call" ? "Call" : "Put"}: ${COLUMN_WORDS[column.id].title}`} data-tip={COLUMN_WORDS[column.id].tip}>
              <span className="grid-title">{COLUMN_WORDS[column.id].title}</span>
            </div>
          ),
        )}
      </div>
    </div>
  );
}
