import type { ConditionInput, ConditionKind, Reaches } from "../../backend/backend";
import { MomentField } from "../../components/MomentField";
import { Pick } from "../../components/Pick";
import { StepField } from "../../components/StepField";
import { ConditionInstrument } from "./ConditionInstrument";
import { FaultNote } from "./FaultNote";
import { CONDITION_WORDS, reachesWords } from "./section-words";
import type { Ticket, TicketState } from "./ticket";

const KINDS: readonly ConditionKind[] = ["price", "time", "volume", "percentChange", "margin", "execution"];
const REACHES: readonly Reaches[] = ["atLeast", "atMost"];
const STEP: Record<ConditionKind, string> = { price: "0.01", time: "1", volume: "1000", percentChange: "0.1", margin: "1", execution: "1" };

interface Props {
  readonly ticket: Ticket;
  readonly state: TicketState;
  readonly at: number;
  readonly condition: ConditionInput;
  readonly onChange: (next: ConditionInput) => void;
  readonly onRemove: () => void;
}

/** One condition, read from left to right: what, of which, how, how much, and what joins it to the next. */
export function ConditionLine({ ticket, state, at, condition, onChange, onRemove }: Props) {
  const { kind, conId, reaches, value, and } = condition;
  const looks = kind !== "time" && kind !== "margin";
  const isLast = at === state.draft.conditions.length - 1;
  const id = `condition-${at}`;
  const turn = (next: string) => {
    const turned = KINDS.find((one) => one === next);
    if (turned) onChange({ ...condition, kind: turned, value: "", conId: turned === "time" || turned === "margin" ? null : (conId ?? state.draft.conId) });
  };
  return (
    <li className="condition" data-testid={id}>
      <div className="condition-head">
        <Pick label={`Condition ${at + 1}: what`} options={KINDS.map((one) => ({ value: one, label: CONDITION_WORDS[one] }))} value={kind} onChange={turn} testId={`${id}-kind`} />
        <button type="button" className="quiet small" aria-label={`Remove condition ${at + 1}`} onClick={onRemove} data-testid={`${id}-remove`}>
          Remove
        </button>
      </div>
      {looks && <ConditionInstrument ticket={ticket} conId={conId} onChoose={(chosen) => onChange({ ...condition, conId: chosen })} testId={`${id}-instrument`} />}
      {kind !== "execution" && (
        <div className="number-fields">
          <Pick
            label={`Condition ${at + 1}: direction`}
            options={REACHES.map((one) => ({ value: one, label: reachesWords(kind, one) }))}
            value={reaches}
            onChange={(next) => onChange({ ...condition, reaches: next === "atMost" ? "atMost" : "atLeast" })}
            testId={`${id}-reaches`}
          />
          {kind === "time" ? (
            <MomentField label="When" at={/^\d+$/.test(value) ? Number(value) : null} onMoment={(moment) => onChange({ ...condition, value: moment === null ? "" : String(moment) })} testId={`${id}-value`} />
          ) : (
            <StepField label="Value" value={value} onType={(text) => onChange({ ...condition, value: text })} step={STEP[kind]} places={kind === "price" ? 2 : 0} testId={`${id}-value`} />
          )}
        </div>
      )}
      <FaultNote ticket={ticket} state={state} field="condition" part={String(at)} />
      {!isLast && (
        <Pick
          label={`What joins condition ${at + 1} to the next`}
          options={[
            { value: "and", label: "and" },
            { value: "or", label: "or" },
          ]}
          value={and ? "and" : "or"}
          onChange={(next) => onChange({ ...condition, and: next === "and" })}
          testId={`${id}-join`}
        />
      )}
    </li>
  );
}
