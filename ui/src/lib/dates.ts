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
