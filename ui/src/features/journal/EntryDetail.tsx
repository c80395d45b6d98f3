import type { JournalEntryView } from "../../backend/backend";
import { bothTimes } from "../../lib/dates";

interface Props {
  readonly entry: JournalEntryView;
  readonly onClose: () => void;
  readonly onIntent: (intent: string) => void;
}

function pretty(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}

/** One record as it was written. */
export function EntryDetail({ entry, onClose, onIntent }: Props) {
  const { intent } = entry;
  return (
    <aside className="entry-detail" aria-label={`Record ${entry.seq}`} data-testid="journal-detail">
      <header className="panel-head">
        <h2>
          {entry.seq} <code>{entry.kind}</code>
        </h2>
        <button type="button" className="quiet" onClick={onClose}>
          Close
        </button>
      </header>
      <p>{entry.says}</p>
      <p className="row">
        <span className="muted">{bothTimes(entry.at)}</span>
        {intent && (
          <button type="button" className="small" onClick={() => onIntent(intent)} data-testid="journal-this-intent">
            Only this order
          </button>
        )}
      </p>
      <pre tabIndex={0} aria-label="The record as written" data-testid="journal-entry-body">{pretty(entry.body)}</pre>
      <p className="hint block">
        Hash <code className="hash" data-testid="journal-entry-hash">{entry.hash}</code>
      </p>
    </aside>
  );
}
