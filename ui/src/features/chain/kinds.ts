import type { ExpiryKind, ExpiryView, OptionClassView } from "../../backend/backend";
import { expiryWords } from "../../lib/expiry";

export const KINDS: Record<ExpiryKind, { readonly mark: string; readonly words: string }> = {
  weekly: { mark: "W", words: "weekly" },
  monthly: { mark: "M", words: "monthly" },
  quarterly: { mark: "Q", words: "quarterly" },
  leaps: { mark: "LEAPS", words: "LEAPS" },
};

/** Where an expiry is settled on the morning after its last day of trading: "on the morning of 18 Dec 26"; null where it is at its close. */
export function morningWords({ expiry, settled }: Pick<ExpiryView, "expiry" | "settled">, settles: OptionClassView["settles"]): string | null {
  if (settles !== "morning") return null;
  return settled === expiry ? "at the open of that day" : `on the morning of ${expiryWords(settled)}`;
}

export function daysWords(days: number): string {
  return days === 0 ? "today" : `${days} d`;
}
