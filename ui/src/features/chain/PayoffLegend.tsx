import { signOf } from "../../lib/decimal";
import { change, DASH, price } from "../../lib/format";
import type { Series } from "./payoff-series";

interface Props {
  readonly lines: readonly Series[];
  /** Which of the points is read, and its price; null while the picture is of other legs still. */
  readonly at: { readonly place: number; readonly price: string } | null;
  readonly onDrop: (day: string) => void;
}

const WHY = { ahead: null, asked: "…", past: "over", beyond: "after expiry" } as const;

/** What each line is, and what it reads where the pointer is; a date that is kept can be let go. */
export function PayoffLegend({ lines, at, onDrop }: Props) {
  return (
    <figcaption className="payoff-legend" data-testid="payoff-reading">
      <span className="payoff-at">{at ? `At ${price(at.price, 2)}` : ""}</span>
      {lines.map(({ id, line, label, short, kept, lies, amounts }) => {
        const amount = at ? (amounts[at.place] ?? null) : null;
        const sign = signOf(amount);
        const why = WHY[lies];
        return (
          <span key={id} className={`payoff-line${why === null ? "" : " not-drawn"}`} data-testid={`payoff-line-${id}`}>
            <svg viewBox="0 0 24 6" className="payoff-swatch" aria-hidden="true">
              {why === null && <line className={line} x1={0} x2={24} y1={3} y2={3} />}
            </svg>
            <span>{short}</span>
            <span className={`payoff-amount${sign === 1 ? " gain" : sign === -1 ? " loss" : ""}`}>{why ?? (at ? (amount === null ? DASH : change(amount)) : "")}</span>
            {kept !== null && (
              <button type="button" className="quiet small" aria-label={`Let go of the date ${label}`} data-tip="Let this date go" onClick={() => onDrop(kept)} data-testid={`payoff-drop-${id}`}>
                ×
              </button>
            )}
          </span>
        );
      })}
    </figcaption>
  );
}
