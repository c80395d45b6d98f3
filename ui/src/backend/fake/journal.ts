import type { JournalEntryView, JournalQuery } from "../bindings";

/** What of the journal a query is about. */
export function matching(entries: readonly JournalEntryView[], { before, account, intent, since, until, text }: JournalQuery): readonly JournalEntryView[] {
  return entries.filter(
    (entry) =>
      (before === null || entry.seq < before) &&
      (account === null || entry.account === account) &&
      (intent === null || entry.intent === intent) &&
      (since === null || entry.at >= since) &&
      (until === null || entry.at < until) &&
      (text === null || entry.body.toLowerCase().includes(text.toLowerCase())),
  );
}
