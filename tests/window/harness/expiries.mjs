// The simulator lives in the present, so the day of an option is reckoned from today.

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const DAY_MS = 86_400_000;
// Good Friday and Juneteenth can fall on a third Friday; the options end a day before then.
const MOVED = ['Apr', 'Jun'];

/** The next monthly expiry that is eighteen days away at least, as it is typed, keyed and shown. */
export function monthly(today = new Date()) {
  const from = today.getTime() + 18 * DAY_MS;
  for (let at = from; ; at += DAY_MS) {
    const day = new Date(at);
    const third = day.getUTCDay() === 5 && day.getUTCDate() >= 15 && day.getUTCDate() <= 21;
    const month = MONTHS[day.getUTCMonth()];
    if (!third || MOVED.includes(month)) continue;
    const iso = day.toISOString().slice(0, 10);
    return { iso, compact: iso.replaceAll('-', ''), label: `${day.getUTCDate()} ${month} ${iso.slice(2, 4)}` };
  }
}
