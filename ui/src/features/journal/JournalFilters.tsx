import { type ReactNode, useId } from "react";
import { Pick } from "../../components/Pick";
import { useKeys, useLive } from "../../live/context";
import { isFiltered, type JournalFilter, NO_FILTER } from "./filter";

interface Props {
  readonly filter: JournalFilter;
  readonly onFilter: (filter: JournalFilter) => void;
}

export function JournalFilters({ filter, onFilter }: Props) {
  const { accounts } = useLive();
  const ids = useKeys(accounts);
  const options = [
    { value: "", label: "All accounts" },
    ...ids.map((id) => ({ value: id, label: `${accounts.get(id)?.kindWords ?? ""} ${id}`.trim() })),
  ];
  return (
    <div className="filters" role="search" aria-label="Journal">
      <Pick label="Account" options={options} value={filter.account ?? ""} onChange={(account) => onFilter({ ...filter, account: account || null })} testId="journal-account" />
      <Line label="Text">
        {(id) => (
          <input
            id={id}
            type="search"
            className="input words"
            placeholder="symbol, rule, status…"
            value={filter.text}
            onChange={(event) => onFilter({ ...filter, text: event.target.value })}
            autoComplete="off"
            spellCheck={false}
            data-testid="journal-text"
          />
        )}
      </Line>
      <Line label="From">{(id) => <input id={id} type="date" className="input day" value={filter.from} max={filter.until || undefined} onChange={(event) => onFilter({ ...filter, from: event.target.value })} data-testid="journal-from" />}</Line>
      <Line label="To">{(id) => <input id={id} type="date" className="input day" value={filter.until} min={filter.from || undefined} onChange={(event) => onFilter({ ...filter, until: event.target.value })} data-testid="journal-until" />}</Line>
      <Line label="Order">
        {(id) => (
          <input
            id={id}
            className="input intent"
            placeholder="id of one order's intent"
            value={filter.intent ?? ""}
            onChange={(event) => onFilter({ ...filter, intent: event.target.value.trim() || null })}
            autoComplete="off"
            spellCheck={false}
            data-testid="journal-intent"
          />
        )}
      </Line>
      {isFiltered(filter) && (
        <button type="button" className="small" onClick={() => onFilter(NO_FILTER)} data-testid="journal-clear">
          Clear filters
        </button>
      )}
    </div>
  );
}

function Line({ label, children }: { readonly label: string; readonly children: (id: string) => ReactNode }) {
  const id = useId();
  return (
    <span className="filter">
      <label className="label" htmlFor={id}>
        {label}
      </label>
      {children(id)}
    </span>
  );
}
