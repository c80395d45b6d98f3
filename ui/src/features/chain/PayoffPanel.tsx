import { useId, useState } from "react";
import type { InstrumentView } from "../../backend/backend";
import { CheckField } from "../../components/CheckField";
import { Face } from "../../components/Face";
import { expiryWords } from "../../lib/expiry";
import { PayoffFacts } from "./PayoffFacts";
import { PayoffMargin } from "./PayoffMargin";
import { PayoffPicture } from "./PayoffPicture";
import { PayoffTable } from "./PayoffTable";
import { usePayoff } from "./payoff-ask";
import { plainLegs, type TrayLeg } from "./tray";
import type { TrayNet } from "./tray-net";

interface Props {
  readonly legs: readonly TrayLeg[];
  readonly net: TrayNet;
  /** One account, or null for all. */
  readonly account: string | null;
  /** A leg is taken to another listed strike. */
  readonly onMove: (conId: number, to: InstrumentView) => void;
}

const MOST_SHIFT = 20;
const QUARTERS = 4;
const MOST_RATE = 10;

/** What one of the tray's strategy wins and loses, at the first expiry and on a date before. */
export function PayoffPanel({ legs, net, account, onMove }: Props) {
  const [days, setDays] = useState(0);
  const [shift, setShift] = useState(0);
  // In quarters of a percent; null for the usual one.
  const [rate, setRate] = useState<number | null>(null);
  const [withHeld, setWithHeld] = useState(false);
  const asked = {
    legs: plainLegs(legs).map((leg) => ({ ...leg, price: "" })),
    quantity: "",
    days,
    volatilityShift: shift === 0 ? "" : String(shift),
    rate: rate === null ? "" : String(rate / QUARTERS),
    account: withHeld ? account : null,
  };
  const { view, error, isOld } = usePayoff(asked);
  if (error !== null) return <Face kind="broken" title="The payoff could not be reckoned.">{error} It is asked for again by itself.</Face>;
  if (!view) return <Face kind="loading" title="Reckoning the payoff." />;
  const onDate = days === 0 ? "now" : `in ${days} ${days === 1 ? "day" : "days"}`;
  const last = Math.max(view.days, days);
  return (
    <section className="payoff" aria-label="Payoff" aria-busy={isOld} data-testid="payoff">
      <div className="payoff-left">
        {view.points.length > 0 && <PayoffPicture view={view} onDate={onDate} isOld={isOld} legs={legs} onMove={onMove} />}
        <div className="payoff-sliders">
          <Slider label="Date" says={onDate} least={0} most={last} value={days} onChange={setDays} testId="payoff-days" />
          <Slider label="Volatility" says={shift === 0 ? "as it is" : `${shift > 0 ? "+" : "\u2212"}${Math.abs(shift)} points`} least={-MOST_SHIFT} most={MOST_SHIFT} value={shift} onChange={setShift} testId="payoff-volatility" />
          <Slider label="Rate" says={`${view.rate} % a year`} least={0} most={MOST_RATE * QUARTERS} value={rate ?? Math.round(Number(view.rate) * QUARTERS)} onChange={setRate} testId="payoff-rate" />
        </div>
      </div>
      <div>
        <h3 className="payoff-name" data-testid="payoff-name">{isOld ? "Reckoning…" : withHeld && account !== null ? `${view.name} and what ${account} holds` : view.name}</h3>
        {/* Their place is kept while they are reckoned anew, or what stands below would jump under the pointer. */}
        <div className={isOld ? "payoff-old" : undefined} aria-hidden={isOld}>
          <PayoffFacts view={view} />
        </div>
        {!withHeld && <PayoffMargin legs={legs} net={net} account={account} view={view} />}
        {account !== null && <CheckField label={`With what ${account} holds, from its average cost`} checked={withHeld} onTurn={setWithHeld} testId="payoff-held" />}
        <p className="hint" data-testid="payoff-says">
          {view.expiry !== null && `Solid: at expiry on ${expiryWords(view.expiry)}${view.modelled ? ", by the model where other legs go on" : ""}. Dashed: ${onDate}, by the model. Shaded: one sigma. `}
          <span className={isOld ? "payoff-old" : undefined}>
            <span data-testid="payoff-assumes">{view.assumes}</span> {view.says}
          </span>
        </p>
        {!isOld && <PayoffTable view={view} onDate={days === 0 ? "Now" : onDate} />}
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
