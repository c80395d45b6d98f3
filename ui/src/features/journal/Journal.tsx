import { useState } from "react";
import { useBackend } from "../../backend/context";
import { Face } from "../../components/Face";
import { useLive } from "../../live/context";
import { useValue } from "../../lib/value-store";
import { CopiesDialog } from "./CopiesDialog";
import { EntryDetail } from "./EntryDetail";
import { EntryList } from "./EntryList";
import { useEntries } from "./entries";
import { isFiltered, type JournalFilter } from "./filter";
import { JournalFilters } from "./JournalFilters";
import { OrderLife } from "./OrderLife";
import { Verification } from "./Verification";

interface Props {
  readonly filter: JournalFilter;
  readonly onFilter: (filter: JournalFilter) => void;
  readonly rowHeight: number;
}

/** Everything that was attempted, as it was written down, newest first. */
export function Journal({ filter, onFilter, rowHeight }: Props) {
  const head = useValue(useLive().journal);
  const entries = useEntries(useBackend(), filter, head?.seq ?? null);
  const [chosen, setChosen] = useState<number | null>(null);
  const entry = entries.list.find(({ seq }) => seq === chosen);
  const [copies, setCopies] = useState(false);
  const filtered = isFiltered(filter);
  return (
    <div className="screen journal" data-testid="screen-journal">
      <h1 className="vh">Journal</h1>
      <div className="journal-head">
        <JournalFilters filter={filter} onFilter={onFilter} />
        <div className="row">
          <Verification head={head} />
          <button type="button" onClick={() => setCopies(true)} data-testid="journal-copies-open">
            Copies…
          </button>
        </div>
      </div>
      {head?.fault && (
        <Face kind="broken" title="The journal can't be written, so no order can be sent.">
          {head.fault}
        </Face>
      )}
      {entries.error && (
        <Face kind="broken" title="The journal can't be read." actions={<button type="button" onClick={entries.retry}>Try again</button>}>
          {entries.error}
        </Face>
      )}
      {entries.state === "loading" && entries.list.length === 0 && !entries.error && <Face kind="loading" title="Reading the journal." />}
      {entries.state === "ready" && entries.list.length === 0 && (
        <Face kind="empty" title={filtered ? "No record matches these filters." : "Nothing is written yet."}>
          {filtered ? "Clear them to see everything." : "Every preview, refusal, order and cancel will be written here."}
        </Face>
      )}
      <div className="journal-body">
        {filter.intent === null ? (
          <EntryList entries={entries.list} more={entries.more} onMore={entries.loadMore} chosen={chosen} onChoose={setChosen} rowHeight={rowHeight} />
        ) : (
          <OrderLife entries={entries.list} more={entries.more} onMore={entries.loadMore} chosen={chosen} onChoose={setChosen} />
        )}
        {entry && <EntryDetail entry={entry} onClose={() => setChosen(null)} onIntent={(intent) => onFilter({ ...filter, intent })} />}
      </div>
      <CopiesDialog open={copies} onLeave={() => setCopies(false)} head={head} filter={filter} />
    </div>
  );
}
