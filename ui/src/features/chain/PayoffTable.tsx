import type { PayoffView } from "../../backend/backend";
import { change, DASH, price } from "../../lib/format";

/** The picture's points for whoever can't see it. */
export function PayoffTable({ view, onDate }: { readonly view: PayoffView; readonly onDate: string }) {
  return (
    <details className="payoff-table">
      <summary data-testid="payoff-table">As a table</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">Underlying</th>
            <th scope="col">At expiry</th>
            <th scope="col">{onDate}</th>
          </tr>
        </thead>
        <tbody>
          {view.points.map((point) => (
            <tr key={point.price}>
              <th scope="row">{price(point.price, 2)}</th>
              <td>{point.atExpiry === null ? DASH : change(point.atExpiry)}</td>
              <td>{point.onDate === null ? DASH : change(point.onDate)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
