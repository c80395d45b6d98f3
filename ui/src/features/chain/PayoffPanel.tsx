import { useEffect, useState } from "react";
import type { InstrumentView } from "../../backend/backend";
import { CheckField } from "../../components/CheckField";
import { Face } from "../../components/Face";
import { expiryWords } from "../../lib/expiry";
import { useValue } from "../../lib/value-store";
import { usePayoff } from "./payoff-ask";
import { dateWords, dayAfter } from "./payoff-dates";
import { seriesOf } from "./payoff-series";
import { PayoffDates } from "./PayoffDates";
import { PayoffFacts } from "./PayoffFacts";
import { PayoffMargin } from "./PayoffMargin";
import { PayoffPicture } from "./PayoffPicture";
import { PayoffSlider } from "./PayoffSlider";
import { PayoffTable } from "./PayoffTable";
import type { Supposed } from "./supposed";
import { plainLegs, type TrayLeg } from "./tray";
import type { TrayNet } from "./tray-net";

interface Props {
  readonly legs: readonly TrayLeg[];
  readonly net: TrayNet;
  /** One account, or null for all. */
  readonly account: string | null;
  /** Dates that are kept, and the person's volatilities. */
  readonly supposed: Supposed;
  /** A leg is taken to another listed strike. */
  readonly onMove: (conId: number, to: InstrumentView) => void;
}

const MOST_SHIFT = 20;
const QUARTERS = 4;
const MOST_RATE = 10;

/** What one of the tray's strategy wins and loses, at the first expiry and on dates before. */
export function PayoffPanel({ legs, net, account, supposed, onMove }: Props) {
  const [days, setDays] = useState(0);
  const [shift, setShift] = useState(0);
  // In quarters of a percent; null for the usual one.
  const [rate, setRate] = useState<number | null>(null);
  const [withHeld, setWithHeld] = useState(false);
  // The exchange's day and the days from it to the first expiry, as the last answer told them.
  const [span, setSpan] = useState({ today: "", last: 0 });
  const kept = useValue(supposed.dates);
  const own = useValue(supposed.volatilities);
  const slid = Math.min(days, span.last);
  const day = slid === 0 ? "" : dayAfter(span.today, slid);
  const asked = {
    legs: plainLegs(legs).map((leg) => ({ ...leg, price: "", volatility: own.get(leg.conId) ?? "" })),
    quantity: "",
    dates: [day, ...kept.map((one) => one.day)],
    volatilityShift: shift === 0 ? "" : String(shift),
    rate: rate === null ? "" : String(rate / QUARTERS),
    account: withHeld ? account : null,
  };
  const { view, error, isOld } = usePayoff(asked);
  if (view?.today && (view.today !== span.today || view.days !== span.last)) setSpan({ today: view.today, last: view.days });
  const past = view?.dates.flatMap(({ day: one, lies }) => (one !== null && lies === "past" ? [one] : [])).join(" ");
  useEffect(() => {
    // What midnight left behind is no line any more.
    if (past) supposed.drop(past.split(" "));
  }, [past, supposed]);
  if (error !== null) return <Face kind="broken" title="The payoff could not be reckoned.">{error.says}{error.passes && " It is asked for again by itself."}</Face>;
  if (!view) return <Face kind="loading" title="Reckoning the payoff." />;
  const lines = seriesOf(view, kept);
  const slidWords = slid === 0 ? "now" : `in ${slid} ${slid === 1 ? "day" : "days"}`;
  return (
    <section className="payoff" aria-label="Payoff" aria-busy={isOld} data-testid="payoff">
      <div className="payoff-left">
        {view.points.length > 0 && <PayoffPicture view={view} lines={lines} isOld={isOld} legs={legs} onMove={onMove} onDrop={(one) => supposed.drop([one])} />}
        <div className="payoff-sliders">
          <PayoffSlider label="Date" says={slidWords} saysAll={slid === 0 ? slidWords : `${slidWords}, ${dateWords(day, span.today)}`} least={0} most={span.last} value={slid} onChange={setDays} testId="payoff-days" />
          <PayoffSlider label="Volatility" says={shift === 0 ? "as it is" : `${shift > 0 ? "+" : "\u2212"}${Math.abs(shift)} points`} least={-MOST_SHIFT} most={MOST_SHIFT} value={shift} onChange={setShift} testId="payoff-volatility" />
          <PayoffSlider label="Rate" says={`${view.rate} % a year`} least={0} most={MOST_RATE * QUARTERS} value={rate ?? Math.round(Number(view.rate) * QUARTERS)} onChange={setRate} testId="payoff-rate" />
        </div>
        <PayoffDates today={span.today} last={span.last} day={day} kept={kept} onSlide={setDays} onKeep={() => supposed.keep(day)} />
      </div>
      <div>
        <h3 className="payoff-name" data-testid="payoff-name">{isOld ? "Reckoning…" : withHeld && account !== null ? `${view.name} and what ${account} holds` : view.name}</h3>
        {/* Their place is kept while they are reckoned anew, or what stands below would jump under the pointer. */}
        <div className={isOld ? "payoff-old" : undefined} aria-hidden={isOld}>
          {view.yours !== null && (
            <p className="payoff-yours" data-testid="payoff-yours">* {view.yours}</p>
          )}
          <PayoffFacts view={view} />
        </div>
        {!withHeld && <PayoffMargin legs={legs} net={net} account={account} view={view} />}
        {account !== null && <CheckField label={`With what ${account} holds, from its average cost`} checked={withHeld} onTurn={setWithHeld} testId="payoff-held" />}
        <p className="hint" data-testid="payoff-says">
          {view.expiry !== null && `Solid: at ${view.modelled ? "the first expiry" : "expiry"} on ${expiryWords(view.expiry)}${view.modelled ? ", by the model where other legs go on" : ""}. Broken: before it, by the model, days at the close in New York. Shaded: one sigma. `}
          <span className={isOld ? "payoff-old" : undefined}>
            <span data-testid="payoff-assumes">{view.assumes}</span> {view.says}
          </span>
        </p>
      </div>
      {!isOld && <PayoffTable view={view} lines={lines} />}
    </section>
  );
}
