import { useState } from "react";
import { CheckField } from "../../components/CheckField";
import { Choice } from "../../components/Choice";
import { useValue } from "../../lib/value-store";
import { chainChoices, chooseChain, COLUMNS, RANGES, turnColumn } from "./choices";
import { COLUMN_WORDS } from "./columns";
import { LinesLine } from "./LinesLine";

/** How many strikes, which columns, and how the quotes come. */
export function ChainTools() {
  const { columns, range } = useValue(chainChoices);
  const [open, setOpen] = useState(false);
  return (
    <>
      <div className="chain-tools">
        <Choice label="Strikes about the money" hideLabel options={RANGES.map((value) => ({ value, label: value === "all" ? "All" : value, testId: `chain-range-${value}` }))} value={range} onChange={(next) => chooseChain({ range: next })} testId="chain-range" />
        <span className="hint">strikes</span>
        <button type="button" className="small" aria-expanded={open} onClick={() => setOpen(!open)} data-testid="chain-columns">
          Columns
        </button>
        <LinesLine />
      </div>
      {open && (
        <fieldset className="chain-columns" data-testid="chain-column-list">
          <legend className="vh">Columns</legend>
          {COLUMNS.map((column) => (
            <CheckField key={column} label={COLUMN_WORDS[column].title} says={COLUMN_WORDS[column].tip} checked={columns.includes(column)} onTurn={(on) => turnColumn(column, on)} testId={`chain-column-${column}`} />
          ))}
        </fieldset>
      )}
    </>
  );
}
