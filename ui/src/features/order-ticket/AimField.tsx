import { exactly } from "../../lib/format";
import { StepField } from "../../components/StepField";
import { type AimUnit, type Aims } from "./aims";
import { noteOn } from "./FaultNote";
import { typeInto } from "./fields";
import type { Ticket, TicketState } from "./ticket";

const WORDS: Record<AimUnit, string> = { price: "price", percent: "%", ticks: "ticks", r: "R" };
const SPOKEN: Record<AimUnit, string> = { price: "by its price", percent: "in percent of the entry", ticks: "in ticks from the entry", r: "in multiples of the risk" };
const STEPS: Record<Exclude<AimUnit, "price">, { readonly step: string; readonly places: number }> = {
  percent: { step: "0.1", places: 1 },
  ticks: { step: "1", places: 0 },
  r: { step: "0.5", places: 1 },
};
const UNITS: Record<keyof Aims, readonly AimUnit[]> = { takeProfit: ["price", "percent", "ticks", "r"], stop: ["price", "percent", "ticks"] };

interface Props {
  readonly ticket: Ticket;
  readonly state: TicketState;
  readonly leg: keyof Aims;
  readonly label: string;
  /** What the draft holds. */
  readonly price: string;
  readonly field: "takeProfit" | "exitStop";
  readonly testId: string;
}

/** Where an exit lies: by price, or by a distance whose price is shown beside it. */
export function AimField({ ticket, state, leg, label, price, field, testId }: Props) {
  const { aims, draft, instrument } = state;
  const { unit, text } = aims[leg];
  const units = UNITS[leg];
  const next = units[(units.indexOf(unit) + 1) % units.length] ?? "price";
  const places = instrument?.priceDecimals ?? 2;
  const byPrice = unit === "price";
  const stepping = byPrice ? { step: instrument?.tick ?? null, places, start: null } : { ...STEPS[unit], start: STEPS[unit].step };
  return (
    <div className="aim">
      <StepField
        label={label}
        aside={
          <button
            type="button"
            className="small unit"
            aria-label={`${label} is typed ${SPOKEN[unit]}; press to type it ${SPOKEN[next]}`}
            onClick={() => ticket.turnAim(leg, next)}
            data-testid={`${testId}-unit`}
            data-value={unit}
          >
            {WORDS[unit]}
          </button>
        }
        value={byPrice ? price : text}
        onType={(typed) => (byPrice ? typeInto(ticket, draft, field, typed) : ticket.aim(leg, { unit, text: typed }))}
        {...stepping}
        fault={noteOn(ticket, state, field)}
        testId={testId}
      />
      {!byPrice && (
        <p className="hint block figures" data-testid={`${testId}-price`} data-value={price}>
          {price === "" ? (unit === "r" ? "needs an entry and a stop" : "needs an entry price") : `= ${exactly(price, places)}`}
        </p>
      )}
    </div>
  );
}
