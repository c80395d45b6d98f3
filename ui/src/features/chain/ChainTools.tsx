import { useState } from "react";
import { CheckField } from "../../components/CheckField";
import { Pick } from "../../components/Pick";
import { useValue } from "../../lib/value-store";
import { chainChoices, chooseChain, COLUMNS, turnColumn } from "./choices";
import { COLUMN_WORDS } from "./columns";
import { LinesLine } from "./LinesLine";
import { RANGE_WORDS, RANGES } from "./range";

interface Props {
  /** How many strikes are shown of how many that are listed; null while none are. */
  readonly count: { readonly shown: number; readonly listed: number } | null;
}

/** Which strikes, which columns, and how the quotes come. */
export function ChainTools({ count }: Props) {
  const { columns, range } = useValue(chainChoices);
  const [open, setOpen] = useState(false);
  const choose = (value: string) => {
    const next = RANGES.find((one) => one === value);
    if (next) chooseChain({ range: next });
  };
  return (
    <>
      <div className="chain-tools">
        <Pick label="Strikes about the money" options={RANGES.map((value) => ({ value, label: RANGE_WORDS[value].label, tip: RANGE_WORDS[value].tip }))} value={range} onChange={choose} testId="chain-range" />
        {count && (
          <span className="hint" role="status" data-testid="chain-count" data-tip={count.shown < count.listed ? `${RANGE_WORDS[range].tip}; the others are hidden` : undefined}>
            {count.shown} of {count.listed} strikes
          </span>
        )}
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
