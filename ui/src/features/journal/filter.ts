export interface JournalFilter {
  readonly account: string | null;
  readonly intent: string | null;
}

export const NO_FILTER: JournalFilter = { account: null, intent: null };
