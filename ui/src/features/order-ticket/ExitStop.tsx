import type { ExitsInput } from "../../backend/backend";
import { Pick } from "../../components/Pick";
import { StepField } from "../../components/StepField";
import { AimField } from "./AimField";
import { NO_EXITS } from "./aims";
import { noteOn } from "./FaultNote";
import { typeInto } from "./fields";
import type { Ticket, TicketState } from "./ticket";
import { UnitToggle } from "./UnitToggle";

const KINDS = [
  { value: "stop", label: "Stop", hint: "STP" },
  { value: "stopLimit", label: "Stop limit", hint: "STP LMT" },
  { value: "trail", label: "Trailing stop", hint: "TRAIL" },
  { value: "none", label: "No stop" },
];

function kindOf(value: string): Partial<ExitsInput> {
  if (value === "none") return { withStop: false };
  return { withStop: true, stopKind: value === "stopLimit" || value === "trail" ? value : "stop" };
}

/** The stop of a bracket: how it is made and where it lies. */
export function ExitStop({ ticket, state }: { readonly ticket: Ticket; readonly state: TicketState }) {
  const { draft, instrument } = state;
  const exits = draft.exits ?? NO_EXITS;
  const places = instrument?.priceDecimals ?? 2;
  const put = (patch: Partial<ExitsInput>) => ticket.edit({ exits: { ...exits, ...patch } });
  const percent = exits.trailUnit === "percent";
  return (
    <>
      <div className="field">
        <span className="label">Stop</span>
        <Pick label="Kind of stop" options={KINDS} value={exits.withStop ? exits.stopKind : "none"} onChange={(value) => put(kindOf(value))} testId="exit-stop-kind" />
      </div>
      {exits.withStop && exits.stopKind !== "trail" && <AimField ticket={ticket} state={state} leg="stop" label="Stop price" price={exits.stopPrice} field="exitStop" testId="exit-stop" />}
      {exits.withStop && exits.stopKind === "stopLimit" && (
        <StepField
          label="Stop's limit"
          value={exits.stopLimit}
          onType={(text) => typeInto(ticket, draft, "exitStopLimit", text)}
          step={instrument?.tick ?? null}
          start={exits.stopPrice}
          places={places}
          fault={noteOn(ticket, state, "exitStopLimit")}
          testId="exit-stop-limit"
        />
      )}
      {exits.withStop && exits.stopKind === "trail" && (
        <StepField
          label="Trails by"
          aside={<UnitToggle unit={exits.trailUnit} onTurn={(trailUnit) => put({ trailUnit, trail: "" })} what="Trailing distance of the stop" currency={instrument?.currency ?? null} testId="exit-trail-unit" />}
          value={exits.trail}
          onType={(text) => typeInto(ticket, draft, "exitTrail", text)}
          step={percent ? "0.1" : (instrument?.tick ?? null)}
          start={percent ? "1.0" : (instrument?.tick ?? null)}
          places={percent ? 1 : places}
          fault={noteOn(ticket, state, "exitTrail")}
          testId="exit-trail"
        />
      )}
    </>
  );
}
