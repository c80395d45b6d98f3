import { dateWords, dayAfter, quickDates } from "./payoff-dates";
import { type KeptDate, MOST_DATES } from "./supposed";

interface Props {
  /** The exchange's day, `20261130`. */
  readonly today: string;
  /** Days from then to the first expiry. */
  readonly last: number;
  /** The slider's day; empty for now. */
  readonly day: string;
  readonly kept: readonly KeptDate[];
  readonly onSlide: (days: number) => void;
  readonly onKeep: () => void;
}

/** Dates that are most asked for, and the way to keep the one that is on show as a line of its own. */
export function PayoffDates({ today, last, day, kept, onSlide, onKeep }: Props) {
  const isKept = kept.some((one) => one.day === day);
  const isFull = kept.length >= MOST_DATES;
  const why = isKept ? "It is kept already" : isFull ? `${MOST_DATES} dates are kept: let one go first` : "Its line stays when the date is moved on";
  return (
    <div className="payoff-dates" role="group" aria-label="Dates">
      {quickDates(last).map(({ id, label, days }) => (
        <button key={id} type="button" className="quiet small" data-tip={dateWords(days === 0 ? "" : dayAfter(today, days), today)} onClick={() => onSlide(days)} data-testid={`payoff-quick-${id}`}>
          {label}
        </button>
      ))}
      <button type="button" className="small" disabled={isKept || isFull} data-tip={why} onClick={onKeep} data-testid="payoff-keep">
        Keep {day === "" ? "now" : dateWords(day, today)}
      </button>
    </div>
  );
}
