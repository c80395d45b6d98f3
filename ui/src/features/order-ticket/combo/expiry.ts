// The day on which an option ends, as people type it.

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/** `20261218` from itself, `2026-12-18`, `18 Dec 26` or `18DEC2026`; null when there is no such day. */
export function expiryOf(text: string): string | null {
  const plain = text.trim();
  const numbers = /^(\d{4})[-/]?(\d{2})[-/]?(\d{2})$/.exec(plain);
  if (numbers) return dayOf(Number(numbers[1]), Number(numbers[2]), Number(numbers[3]));
  const words = /^(\d{1,2})\s*([a-z]{3})\s*(\d{2}|\d{4})$/i.exec(plain);
  if (!words) return null;
  const [, day = "", month = "", year = ""] = words;
  return dayOf(year.length === 2 ? 2000 + Number(year) : Number(year), MONTHS.indexOf(month.toLowerCase()) + 1, Number(day));
}

function dayOf(year: number, month: number, day: number): string | null {
  const date = new Date(Date.UTC(year, month - 1, day));
  // A 31st of November would turn into another day.
  if (year < 2000 || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null;
  return `${year}${String(month).padStart(2, "0")}${String(day).padStart(2, "0")}`;
}
