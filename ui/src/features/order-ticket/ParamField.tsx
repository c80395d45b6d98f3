import type { ParamInfo } from "../../backend/backend";
import { CheckField } from "../../components/CheckField";
import { MomentField } from "../../components/MomentField";
import { Pick } from "../../components/Pick";
import { StepField } from "../../components/StepField";
import { FaultNote, noteOn } from "./FaultNote";
import type { Ticket, TicketState } from "./ticket";

interface Props {
  readonly ticket: Ticket;
  readonly state: TicketState;
  readonly param: ParamInfo;
}

/** One parameter of an algorithm, typed or chosen as its kind has it. */
export function ParamField({ ticket, state, param }: Props) {
  const { draft } = state;
  const { tag, name, kind, optional, says } = param;
  const value = draft.algo?.params[tag] ?? "";
  const put = (text: string) => draft.algo && ticket.edit({ algo: { ...draft.algo, params: { ...draft.algo.params, [tag]: text } } });
  // Anything else is a text that is no moment: it is kept, so that it is refused rather than taken for no time at all.
  const moment = /^\d{13}$/.test(value) ? Number(value) : null;
  const label = optional ? `${name} (optional)` : name;
  const testId = `algo-${tag}`;
  switch (kind.kind) {
    case "flag":
      return <CheckField label={name} says={says} checked={value === "1"} onTurn={(on) => put(on ? "1" : "")} testId={testId} />;
    case "choice":
      return (
        <div className="field" data-tip={says}>
          <span className="label">{label}</span>
          <Pick label={name} options={kind.among.map((one) => ({ value: one, label: one }))} value={value} onChange={put} testId={testId} />
          <FaultNote ticket={ticket} state={state} field="algo" part={tag} />
        </div>
      );
    case "time":
      return (
        <div className="wide" data-tip={says}>
          <MomentField label={label} at={moment} unread={moment === null ? value : ""} onMoment={(at, typed) => put(at === null ? typed : String(at))} fault={noteOn(ticket, state, "algo", tag)} testId={testId} />
        </div>
      );
    case "share":
    case "size":
      return (
        <div data-tip={says}>
          <StepField
            label={label}
            hint={kind.kind === "share" ? `${kind.least}–${kind.most} %` : undefined}
            value={value}
            onType={put}
            step="1"
            places={0}
            start={kind.kind === "share" ? kind.least : "1"}
            fault={noteOn(ticket, state, "algo", tag)}
            testId={testId}
          />
        </div>
      );
  }
}
