import { expiryWords } from "../../lib/expiry";
import { type ChainColumn, COLUMN_WORDS } from "./columns";

/** The head of the table: which side, then which column; with several expiries, of which one the first row in sight is. */
export function ChainHead({ columns, expiry }: { readonly columns: readonly ChainColumn[]; readonly expiry: string | null }) {
  const side = (columns.length - 1) / 2;
  return (
    <div role="rowgroup" className="grid-head">
      <div role="row" aria-rowindex={1} className="grid-row chain-sides">
        <div role="columnheader" aria-colindex={1} aria-colspan={side} style={{ gridColumn: `1 / span ${side}` }} className="grid-cell">
          <span className="chain-side">Calls</span>
        </div>
        <div role="columnheader" aria-colindex={side + 1} className="grid-cell chain-strike">
          <span className="vh">Strikes</span>
          {expiry !== null && <span data-testid="chain-head-expiry">{expiryWords(expiry)}</span>}
        </div>
        <div role="columnheader" aria-colindex={side + 2} aria-colspan={side} style={{ gridColumn: `${side + 2} / span ${side}` }} className="grid-cell">
          <span className="chain-side">Puts</span>
        </div>
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
