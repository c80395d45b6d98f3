import type { JournalEntryView } from "../../backend/backend";
import { dateAndTime, shortGap } from "../../lib/dates";
import { type Finding, findingsOf, kindWords } from "./life";

interface Props {
  /** Of one intent, newest first. */
  readonly entries: readonly JournalEntryView[];
  readonly more: boolean;
  readonly onMore: () => void;
  readonly chosen: number | null;
  readonly onChoose: (seq: number | null) => void;
}

/** One order from its first draft to its end, oldest first, with what each step took. */
export function OrderLife({ entries, more, onMore, chosen, onChoose }: Props) {
  const steps = entries.toReversed();
  const first = steps[0];
  if (!first) return null;
  return (
    <div className="life" data-testid="journal-life">
      <p className="hint block">
        One order's life, oldest first: {steps.length} {steps.length === 1 ? "record" : "records"}, {dateAndTime(first.at)} to {dateAndTime(steps.at(-1)?.at ?? first.at)}.
        {more && (
          <button type="button" className="small" onClick={onMore}>
            Older ones
          </button>
        )}
      </p>
      <ol className="life-steps">
        {steps.map((entry, i) => (
          <li key={entry.seq}>
            <button
              type="button"
              className="life-step"
              aria-pressed={entry.seq === chosen}
              onClick={() => onChoose(entry.seq === chosen ? null : entry.seq)}
              data-testid={`journal-row-${entry.seq}`}
              data-kind={entry.kind}
              data-account={entry.account ?? undefined}
              data-intent={entry.intent ?? undefined}
            >
              <span className="number life-gap" data-tip={dateAndTime(entry.at)}>
                {i === 0 ? dateAndTime(entry.at) : `+${shortGap(entry.at - (steps[i - 1]?.at ?? entry.at))}`}
              </span>
              <span className="life-kind">{kindWords(entry.kind)}</span>
              <span className="entry-says">{entry.says}</span>
            </button>
            <Findings entry={entry} />
          </li>
        ))}
      </ol>
    </div>
  );
}

function Findings({ entry }: { readonly entry: JournalEntryView }) {
  const findings = findingsOf(entry);
  const passed = findings.filter(({ outcome }) => outcome === "passed");
  const spoke = findings.filter(({ outcome }) => outcome !== "passed");
  if (findings.length === 0) return null;
  return (
    <div className="life-findings" data-testid={`journal-findings-${entry.seq}`}>
      <FindingItems findings={spoke} />
      {passed.length > 0 && (
        <details>
          <summary>
            {passed.length} {passed.length === 1 ? "rule" : "rules"} passed
          </summary>
          <FindingItems findings={passed} />
        </details>
      )}
    </div>
  );
}

function FindingItems({ findings }: { readonly findings: readonly Finding[] }) {
  if (findings.length === 0) return null;
  return (
    <ul>
      {findings.map(({ rule, outcome, says }) => (
        <li key={rule} data-outcome={outcome}>
          <code>{rule}</code> <span className="life-outcome">{outcome}</span> {says}
        </li>
      ))}
    </ul>
  );
}
