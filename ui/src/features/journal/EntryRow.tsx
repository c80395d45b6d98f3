import type { JournalEntryView } from "../../backend/backend";
import { dateAndTime } from "../../lib/dates";

interface Props {
  readonly entry: JournalEntryView;
  readonly top: number;
  readonly height: number;
  readonly chosen: boolean;
  readonly onChoose: (seq: number | null) => void;
}

export function EntryRow({ entry, top, height, chosen, onChoose }: Props) {
  return (
    <div
      role="option"
      id={`journal-${entry.seq}`}
      aria-selected={chosen}
      className="entry"
      style={{ transform: `translateY(${top}px)`, height }}
      onClick={() => onChoose(chosen ? null : entry.seq)}
      data-testid={`journal-row-${entry.seq}`}
      data-kind={entry.kind}
      data-account={entry.account ?? undefined}
      data-intent={entry.intent ?? undefined}
    >
      <span className="number entry-seq">{entry.seq}</span>
      <span className="number entry-time">{dateAndTime(entry.at)}</span>
      <span className="entry-account">{entry.account ?? ""}</span>
      <span className="entry-says" data-tip={entry.says.length > 90 ? entry.says : undefined}>{entry.says}</span>
      <code className="entry-hash">{entry.hash.slice(0, 8)}</code>
    </div>
  );
}
