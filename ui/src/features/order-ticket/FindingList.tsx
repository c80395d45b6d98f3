import type { FindingView, Mend, Outcome, VerdictView } from "../../backend/backend";

const WORDS: Record<Outcome, string> = {
  passed: "Passed",
  notApplicable: "Does not apply",
  informed: "For your information",
  warned: "Take note",
  overrideNeeded: "Needs your reason",
  blocked: "Blocked",
  lacksFact: "Can't be checked",
};

/** What can't be checked weighs as much as its rule does. */
function words({ outcome, blocks, needsReason }: FindingView): string {
  if (outcome !== "lacksFact") return WORDS[outcome];
  return blocks ? "Blocked: can't be checked" : needsReason ? "Needs your reason: can't be checked" : WORDS.lacksFact;
}

function tone({ outcome, blocks, needsReason }: FindingView): string {
  return blocks ? "blocked" : needsReason || outcome === "warned" || outcome === "lacksFact" ? "warned" : outcome;
}

interface Props {
  readonly verdict: VerdictView;
  readonly onMend: (mend: Mend) => void;
  /** Whether rules that passed are listed or only counted. */
  readonly passed: "list" | "count";
}

export function FindingList({ verdict, onMend, passed }: Props) {
  const quiet = verdict.findings.filter(({ outcome }) => outcome === "passed");
  const loud = verdict.findings.filter(({ outcome }) => outcome !== "passed" && outcome !== "notApplicable");
  return (
    <>
      <ul className="findings">
        {loud.map((finding) => (
          <Finding key={finding.rule} finding={finding} onMend={onMend} />
        ))}
        {passed === "list" && quiet.map((finding) => <Finding key={finding.rule} finding={finding} onMend={onMend} />)}
      </ul>
      {quiet.length > 0 && passed === "count" && (
        <p className="hint block" data-testid="findings-passed" data-tip={quiet.map(({ title }) => title).join(" · ")}>
          {quiet.length === 1 ? "1 rule passed" : `${quiet.length} rules passed`}
        </p>
      )}
    </>
  );
}

export function mendWords(mend: Mend): string {
  if (mend.kind === "quantity") return `Use quantity ${mend.value}`;
  if (mend.kind === "limitPrice") return `Use limit ${mend.value}`;
  if (mend.kind === "exchange") return `${mend.side === "buy" ? "Buy" : "Sell"} ${mend.quantity} ${mend.pair} first…`;
  if (mend.kind === "delayedData") return "Use delayed prices";
  return "Go on without a fresh price";
}

function Finding({ finding, onMend }: { readonly finding: FindingView; readonly onMend: (mend: Mend) => void }) {
  const { mend } = finding;
  return (
    <li className={`finding finding-${tone(finding)}`} data-testid={`finding-${finding.rule}`} data-outcome={finding.outcome}>
      <p className="finding-says">
        <strong>{words(finding)}</strong> {finding.says}
      </p>
      <details>
        <summary>{finding.title}</summary>
        <p>{finding.sentence}</p>
        <p className="hint block">
          Source: {finding.source}
          {finding.from !== null && `, in force from ${finding.from}`} <code>{finding.rule}</code>
        </p>
      </details>
      {mend && (
        <button type="button" className="mend" onClick={() => onMend(mend)} data-testid={`mend-${finding.rule}`}>
          {mendWords(mend)}
        </button>
      )}
    </li>
  );
}
