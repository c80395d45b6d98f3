// Days of the exchange, written `20261211`, as dates of the payoff's lines.
import { expiryWords } from "../../lib/expiry";

const DAY_MS = 86_400_000;
const WEEK = 7;

/** So many days of the calendar later. */
export function dayAfter(day: string, days: number): string {
  const [, year = "", month = "", date = ""] = /^(\d{4})(\d{2})(\d{2})$/.exec(day) ?? [];
  const later = new Date(Date.UTC(Number(year), Number(month) - 1, Number(date)) + days * DAY_MS);
  return later.toISOString().slice(0, 10).replaceAll("-", "");
}

/** As the head of a column or a line: the year only where it is another one than today's. An empty day is now. */
export function dateWords(day: string | null, today: string | null): string {
  if (day === null || day === "") return "Now";
  return today?.slice(0, 4) === day.slice(0, 4) ? expiryWords(day).slice(0, -3) : expiryWords(day);
}

export interface QuickDate {
  readonly id: string;
  readonly label: string;
  /** Days from today. */
  readonly days: number;
}

/** The dates that are most asked for, of those between today and an expiry so many days away. */
export function quickDates(last: number): readonly QuickDate[] {
  const half = Math.floor(last / 2);
  const all = [
    { id: "now", label: "Now", days: 0 },
    { id: "half", label: "Halfway", days: half },
    { id: "week", label: "A week before", days: last - WEEK },
  ];
  return all.filter(({ id, days }, i) => id === "now" || (days > 0 && all.findIndex((one) => one.days === days) === i));
}
