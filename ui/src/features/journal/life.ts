import type { JournalEntryView } from "../../backend/backend";
import { isRecord } from "../../lib/kept";

const KINDS: Readonly<Record<string, string>> = {
  judged: "Rules",
  previewed: "What-if",
  previewFailed: "What-if",
  abandoned: "Let go",
  refused: "Refused",
  approved: "Confirmed",
  attached: "Attached",
  changeApproved: "Change",
  changeFailed: "Change",
  changed: "Change",
  placeFailed: "Not sent",
  cancelAsked: "Cancel",
  cancelFailed: "Cancel",
  status: "Broker",
  execution: "Fill",
  commission: "Commission",
  orderNotice: "Notice",
};

/** What a kind of record is about, in a word; the kind itself when it is a new one. */
export function kindWords(kind: string): string {
  return KINDS[kind] ?? kind;
}

export interface Finding {
  readonly rule: string;
  readonly outcome: string;
  readonly says: string;
}

/** Weightier ones first; what passed comes last. */
const WEIGHT = ["blocked", "lacksFact", "overrideNeeded", "warned", "informed", "passed"];

const OUTCOMES: Readonly<Record<string, string>> = {
  blocked: "blocked",
  lacksFact: "lacks a fact",
  overrideNeeded: "needs a reason",
  informed: "noted",
  warned: "warned",
  passed: "passed",
};

/** What each rule said, out of a record of a judgement as it was written; none of any other. */
export function findingsOf(entry: JournalEntryView): readonly Finding[] {
  if (entry.kind !== "judged") return [];
  let body: unknown;
  try {
    body = JSON.parse(entry.body);
  } catch {
    return [];
  }
  if (!isRecord(body) || !Array.isArray(body.findings)) return [];
  const found: readonly unknown[] = body.findings;
  const weight = (outcome: string) => (WEIGHT.includes(outcome) ? WEIGHT.indexOf(outcome) : 0);
  return found
    .flatMap((finding) =>
      isRecord(finding) && typeof finding.rule === "string" && typeof finding.outcome === "string" && typeof finding.says === "string"
        ? [{ rule: finding.rule, outcome: finding.outcome, says: finding.says }]
        : [],
    )
    .toSorted((a, b) => weight(a.outcome) - weight(b.outcome))
    .map((finding) => ({ ...finding, outcome: OUTCOMES[finding.outcome] ?? finding.outcome }));
}
