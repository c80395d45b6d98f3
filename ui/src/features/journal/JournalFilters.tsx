import { useId } from "react";
import { Pick } from "../../components/Pick";
import { useKeys, useLive } from "../../live/context";
import type { JournalFilter } from "./filter";

interface Props {
  readonly filter: JournalFilter;
  readonly onFilter: (filter: JournalFilter) => void;
}

export function JournalFilters({ filter, onFilter }: Props) {
  const { accounts } = useLive();
  const ids = useKeys(accounts);
  const intentId = useId();
  const options = [
    { value: "", label: "All accounts" },
    ...ids.map((id) => ({ value: id, label: `${accounts.get(id)?.kindWords ?? ""} ${id}`.trim() })),
  ];
  return (
    <div className="filters">
      <Pick label="Account" options={options} value={filter.account ?? ""} onChange={(account) => onFilter({ ...filter, account: account || null })} testId="journal-account" />
      <label className="label" htmlFor={intentId}>
        Intent
      </label>
      <input
        id={intentId}
        className="input intent"
        placeholder="id of one order's intent"
        value={filter.intent ?? ""}
        onChange={(event) => onFilter({ ...filter, intent: event.target.value.trim() || null })}
        autoComplete="off"
        spellCheck={false}
        data-testid="journal-intent"
      />
      {(filter.account !== null || filter.intent !== null) && (
        <button type="button" className="small" onClick={() => onFilter({ account: null, intent: null })} data-testid="journal-clear">
          Clear filters
        </button>
      )}
    </div>
  );
}
