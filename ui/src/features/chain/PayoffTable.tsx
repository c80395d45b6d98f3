import type { PayoffView } from "../../backend/backend";
import { change, DASH, price } from "../../lib/format";
import type { Series } from "./payoff-series";

/** The picture's points for whoever can't see it: a column for each line that is drawn. */
export function PayoffTable({ view, lines }: { readonly view: PayoffView; readonly lines: readonly Series[] }) {
  const ahead = lines.filter(({ lies }) => lies === "ahead");
  // The slider's date needs no column of its own where it is that of a kept one.
  const drawn = ahead.filter(({ id, label }) => id !== "date" || !ahead.some((one) => one.kept !== null && one.label === label));
  return (
    <details className="payoff-table">
      <summary data-testid="payoff-table">As a table</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">Underlying</th>
            {drawn.map(({ id, label }) => (
              <th key={id} scope="col">{label}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {view.points.map((point, i) => (
            <tr key={point.price}>
              <th scope="row">{price(point.price, 2)}</th>
              {drawn.map(({ id, amounts }) => (
                <td key={id}>{amounts[i] == null ? DASH : change(amounts[i])}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
