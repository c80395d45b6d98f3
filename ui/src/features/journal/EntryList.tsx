import { type KeyboardEvent, useEffect, useRef } from "react";
import type { JournalEntryView } from "../../backend/backend";
import { useRowWindow } from "../../components/window-rows";
import { EntryRow } from "./EntryRow";

interface Props {
  readonly entries: readonly JournalEntryView[];
  readonly more: boolean;
  readonly onMore: () => void;
  readonly chosen: number | null;
  readonly onChoose: (seq: number | null) => void;
  readonly rowHeight: number;
}

const AHEAD = 40;

export function EntryList({ entries, more, onMore, chosen, onChoose, rowHeight }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useRowWindow(scroller, entries.length, rowHeight);
  useEffect(() => {
    if (more && rows.end > entries.length - AHEAD) onMore();
  }, [more, rows.end, entries.length, onMore]);
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step === 0 || entries.length === 0) return;
    event.preventDefault();
    const now = entries.findIndex(({ seq }) => seq === chosen);
    const next = Math.max(0, Math.min(entries.length - 1, now < 0 ? 0 : now + step));
    onChoose(entries[next]?.seq ?? null);
    rows.reveal(next);
  };
  return (
    <div
      ref={scroller}
      className="entries"
      role="listbox"
      aria-label="Journal, newest first"
      aria-activedescendant={chosen === null ? undefined : `journal-${chosen}`}
      tabIndex={0}
      onKeyDown={onKeyDown}
      data-testid="journal-list"
    >
      <div role="presentation" className="entries-body" style={{ height: entries.length * rowHeight }}>
        {entries.slice(rows.first, rows.end).map((entry, i) => (
          <EntryRow key={entry.seq} entry={entry} top={(rows.first + i) * rowHeight} height={rowHeight} chosen={entry.seq === chosen} onChoose={onChoose} />
        ))}
      </div>
    </div>
  );
}
