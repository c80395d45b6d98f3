/** Which records are shown; an empty text asks for nothing. */
export interface JournalFilter {
  readonly account: string | null;
  readonly intent: string | null;
  readonly text: string;
  /** Days of the person's own calendar as `2026-12-18`; both are included. */
  readonly from: string;
  readonly until: string;
}

export const NO_FILTER: JournalFilter = { account: null, intent: null, text: "", from: "", until: "" };

export function isFiltered(filter: JournalFilter): boolean {
  return filter.account !== null || filter.intent !== null || filter.text.trim() !== "" || filter.from !== "" || filter.until !== "";
}

/** The start of a day of the person's own calendar, or of the day after it; null for a text that is no day. */
export function dayStart(day: string, daysOn = 0): number | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day);
  if (!match) return null;
  const [year = 0, month = 0, date = 0] = match.slice(1).map(Number);
  const at = new Date(year, month - 1, date + daysOn);
  return Number.isFinite(at.getTime()) ? at.getTime() : null;
}

/** The filter as the program is asked. */
export function asked({ account, intent, text, from, until }: JournalFilter) {
  return { account, intent, text: text.trim() || null, since: dayStart(from), until: dayStart(until, 1) };
}
