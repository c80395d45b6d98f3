import { usableLocale } from "./locale";

const locale = usableLocale();
const EXCHANGE_ZONE = "America/New_York";

const clock: Intl.DateTimeFormatOptions = {
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  hourCycle: "h23",
};
const here = new Intl.DateTimeFormat(locale, clock);
const hereWithDay = new Intl.DateTimeFormat(locale, { ...clock, year: "numeric", month: "short", day: "2-digit" });
const there = new Intl.DateTimeFormat(locale, { ...clock, timeZone: EXCHANGE_ZONE });

/** The person's own time of day. */
export function timeOfDay(at: number): string {
  return here.format(at);
}

/** The person's own date and time. */
export function dateAndTime(at: number): string {
  return hereWithDay.format(at);
}

/** Both the person's time and the New York exchanges', for a tooltip. */
export function bothTimes(at: number): string {
  return `${hereWithDay.format(at)} here, ${there.format(at)} in New York`;
}

/** An age in one short word: `4s`, `3m`, `2h`, `5d`. */
export function shortAge(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 60) return `${seconds}s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)}m`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)}h`;
  return `${Math.floor(seconds / 86_400)}d`;
}

/** An age in words: `4 seconds`, `1 minute`. */
export function ageInWords(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const [count, unit] =
    seconds < 60
      ? [seconds, "second"]
      : seconds < 3600
        ? [Math.floor(seconds / 60), "minute"]
        : seconds < 86_400
          ? [Math.floor(seconds / 3600), "hour"]
          : [Math.floor(seconds / 86_400), "day"];
  return `${count} ${unit}${count === 1 ? "" : "s"}`;
}

/** What lay between two moments, in the unit that it is felt in: `12 ms`, `1.5 s`, `3 min`. */
export function shortGap(ms: number): string {
  if (ms < 1000) return `${ms} ms`;
  if (ms < 60_000) return `${(Math.floor(ms / 100) / 10).toString()} s`;
  if (ms < 3_600_000) return `${Math.floor(ms / 60_000)} min`;
  return ms < 86_400_000 ? `${Math.floor(ms / 3_600_000)} h` : `${Math.floor(ms / 86_400_000)} d`;
}

const MOMENT = /^(\d{4})-(\d{1,2})-(\d{1,2})[ T](\d{1,2}):(\d{2})$/;

/** Reads a date and a time of the person's own zone, `2026-11-30 16:00`; null when it is none, or when that hour is left out. */
export function parseMoment(text: string): number | null {
  const match = MOMENT.exec(text.trim());
  if (!match) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = match.slice(1).map(Number);
  const at = new Date(year, month - 1, day, hour, minute);
  const same = at.getFullYear() === year && at.getMonth() === month - 1 && at.getDate() === day && at.getHours() === hour && at.getMinutes() === minute;
  return same ? at.getTime() : null;
}

/** A moment as it is typed. */
export function momentText(at: number): string {
  const date = new Date(at);
  const two = (part: number): string => String(part).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** The person's own zone by its name. */
export function zoneName(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}
