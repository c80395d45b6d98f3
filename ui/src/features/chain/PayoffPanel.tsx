import { useId, useState } from "react";
import { CheckField } from "../../components/CheckField";
import { Face } from "../../components/Face";
import { expiryWords } from "../../lib/expiry";
import { change, DASH, price } from "../../lib/format";
import { PayoffFacts } from "./PayoffFacts";
import { PayoffPicture } from "./PayoffPicture";
import { usePayoff } from "./payoff-ask";
import { plainLegs, type TrayLeg } from "./tray";

interface Props {
  readonly legs: readonly TrayLeg[];
  /** One account, or null for all. */
  readonly account: string | null;
}

const MOST_SHIFT = 20;

/** What one of the tray's strategy wins and loses, at the first expiry and on a date before. */
export function PayoffPanel({ legs, account }: Props) {
  const [days, setDays] = useState(0);
  const [shift, setShift] = useState(0);
  const [withHeld, setWithHeld] = useState(false);
  const asked = {
    legs: plainLegs(legs).map((leg) => ({ ...leg, price: "" })),
    quantity: "",
    days,
    volatilityShift: shift === 0 ? "" : String(shift),
    rate: "",
    account: withHeld ? account : null,
  };
  const { view, error } = usePayoff(asked);
  if (error !== null) return <Face kind="broken" title="The payoff could not be reckoned.">{error} It is asked for again by itself.</Face>;
  if (!view) return <Face kind="loading" title="Reckoning the payoff." />;
  const onDate = days === 0 ? "now" : `in ${days} ${days === 1 ? "day" : "days"}`;
  const last = Math.max(view.days, days);
  return (
    <section className="payoff" aria-label="Payoff" data-testid="payoff">
      <div className="payoff-left">
        {view.points.length > 0 && <PayoffPicture view={view} onDate={onDate} />}
        <p className="hint" data-testid="payoff-says">
          {view.expiry !== null && `Solid: at expiry on ${expiryWords(view.expiry)}${view.modelled ? ", by the model where other legs go on" : ""}. Dashed: ${onDate}, by the model at ${view.rate} % a year. Shaded: one sigma. `}
          {view.says}
        </p>
        <div className="payoff-sliders">
          <Slider label="Date" says={onDate} least={0} most={last} value={days} onChange={setDays} testId="payoff-days" />
          <Slider label="Volatility" says={shift === 0 ? "as it is" : `${shift > 0 ? "+" : "\u2212"}${Math.abs(shift)} points`} least={-MOST_SHIFT} most={MOST_SHIFT} value={shift} onChange={setShift} testId="payoff-volatility" />
          {account !== null && <CheckField label={`With what ${account} holds`} checked={withHeld} onTurn={setWithHeld} testId="payoff-held" />}
        </div>
      </div>
      <div>
        <h3 className="payoff-name" data-testid="payoff-name">{view.name}</h3>
        <PayoffFacts view={view} />
        <details className="payoff-table">
          <summary data-testid="payoff-table">As a table</summary>
          <table>
            <thead>
              <tr>
                <th scope="col">Underlying</th>
                <th scope="col">At expiry</th>
                <th scope="col">{days === 0 ? "Now" : onDate}</th>
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
      </div>
    </section>
  );
}

interface SliderProps {
  readonly label: string;
  readonly says: string;
  readonly least: number;
  readonly most: number;
  readonly value: number;
  readonly onChange: (value: number) => void;
  readonly testId: string;
}

function Slider({ label, says, least, most, value, onChange, testId }: SliderProps) {
  const id = useId();
  return (
    <div className="payoff-slider">
      <label className="label" htmlFor={id}>{label}</label> <span>{says}</span>
      <input id={id} type="range" min={least} max={most} value={value} aria-valuetext={says} onChange={(event) => onChange(Number(event.target.value))} data-testid={testId} />
    </div>
  );
}
