// The lines of the picture: that at expiry, that of the slider's date and those of the dates that are kept.
import type { DateLies, PayoffView } from "../../backend/backend";
import { dateWords } from "./payoff-dates";
import type { KeptDate } from "./supposed";

export interface Series {
  readonly id: string;
  /** How its line is drawn: the name of a class. */
  readonly line: string;
  readonly label: string;
  /** The same beside the picture, where the day of the expiry is said below. */
  readonly short: string;
  /** The same within a sentence. */
  readonly within: string;
  /** The date that is kept; null for those that come by themselves. */
  readonly kept: string | null;
  /** Where its date lies; only what lies ahead is drawn. */
  readonly lies: DateLies | "asked";
  /** One for each of the picture's points. */
  readonly amounts: readonly (string | null)[];
}

/** From the last of them to the first, as they are named. A date that was kept a moment ago has no figures yet. */
export function seriesOf(view: PayoffView, kept: readonly KeptDate[]): readonly Series[] {
  const words = (day: string | null) => dateWords(day, view.today);
  const within = (day: string) => (day === "" ? "now" : `on ${words(day)}`);
  const end = view.expiry === null ? "" : `, ${words(view.expiry)}`;
  const name = view.modelled ? "First expiry" : "Expiry";
  const atExpiry: Series = {
    id: "expiry",
    line: "payoff-expiry",
    label: `${name}${end}`,
    short: name,
    within: view.modelled ? "at the first expiry" : "at expiry",
    kept: null,
    lies: "ahead",
    amounts: view.points.map((point) => point.atExpiry),
  };
  const onDate = (at: number) => view.points.map((point) => point.onDates[at] ?? null);
  const [first] = view.dates;
  const slid: Series = { id: "date", line: "payoff-then", label: words(first?.day ?? null), short: words(first?.day ?? null), within: within(first?.day ?? ""), kept: null, lies: first?.lies ?? "ahead", amounts: onDate(0) };
  const others = kept.map(({ day, dash }): Series => {
    // The first one is the slider's, which may be on the same day.
    const at = view.dates.findIndex((date, i) => i > 0 && (date.day ?? "") === day);
    return { id: `kept-${day === "" ? "now" : day}`, line: `payoff-kept-${dash}`, label: words(day), short: words(day), within: within(day), kept: day, lies: view.dates[at]?.lies ?? "asked", amounts: onDate(at) };
  });
  return [atExpiry, slid, ...others];
}
