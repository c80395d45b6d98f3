import type { ExpiryKind } from "../../backend/backend";

export const KINDS: Record<ExpiryKind, { readonly mark: string; readonly words: string }> = {
  weekly: { mark: "W", words: "weekly" },
  monthly: { mark: "M", words: "monthly" },
  quarterly: { mark: "Q", words: "quarterly" },
  leaps: { mark: "LEAPS", words: "LEAPS" },
};

export function daysWords(days: number): string {
  return days === 0 ? "today" : `${days} d`;
}
