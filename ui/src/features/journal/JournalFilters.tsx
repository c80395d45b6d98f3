import { type ReactNode, useId } from "react";
import { Pick } from "../../components/Pick";
import { accountWords } from "../../lib/words";
import { useKeys, useLive } from "../../live/context";
import { dayStart, isFiltered, type JournalFilter, NO_FILTER } from "./filter";

interface Props {
  readonly filter: JournalFilter;
  readonly onFilter: (filter: JournalFilter) => void;
}

export function JournalFilters({ filter, onFilter }: Props) {
  const { accounts } = useLive();
  const ids = useKeys(accounts);
  const options = [
    { value: "", label: "All accounts" },
    ...ids.map((id) => ({ value: id, label: `${accountWords(accounts.get(id))} ${id}`.trim() })),
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
            placeholder="symbol, rule…"
            value={filter.text}
            onChange={(event) => onFilter({ ...filter, text: event.target.value })}
            autoComplete="off"
            spellCheck={false}
            data-testid="journal-text"
          />
        )}
      </Line>
      <Day label="From" day={filter.from} onDay={(from) => onFilter({ ...filter, from })} testId="journal-from" />
      <Day label="To" day={filter.until} onDay={(until) => onFilter({ ...filter, until })} testId="journal-until" />
      <Line label="Order">
        {(id) => (
          <input
            id={id}
            className="input intent"
            placeholder="an order's id"
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

interface DayProps {
  readonly label: string;
  readonly day: string;
  readonly onDay: (day: string) => void;
  readonly testId: string;
}

/** A day as it is typed; the engine's own control shows today's date while it is empty. */
function Day({ label, day, onDay, testId }: DayProps) {
  const unread = day !== "" && dayStart(day) === null;
  return (
    <Line label={label}>
      {(id) => (
        <input
          id={id}
          className="input day"
          placeholder="2026-12-18"
          value={day}
          onChange={(event) => onDay(event.target.value.trim())}
          aria-invalid={unread || undefined}
          data-tip={unread ? "Type a day as 2026-12-18." : undefined}
          autoComplete="off"
          spellCheck={false}
          data-testid={testId}
        />
      )}
    </Line>
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
