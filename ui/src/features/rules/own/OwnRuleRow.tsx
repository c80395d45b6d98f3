import type { ReactNode } from "react";
import type { OwnRuleChoice, OwnRuleView } from "../../../backend/backend";
import { datesOf, WEIGHTS } from "../rule-words";

interface Props {
  readonly rule: OwnRuleView;
  readonly isFixed: boolean;
  readonly onEdit: () => void;
  readonly onSet: (choice: OwnRuleChoice) => Promise<unknown>;
  /** Its editor, while it is open. */
  readonly children: ReactNode;
}

/** A rule of the person's: what it does, for whom, and what can be done to it. */
export function OwnRuleRow({ rule, isFixed, onEdit, onSet, children }: Props) {
  const { id, title, on } = rule;
  const weight = on ? rule.severity : "off";
  const dated = rule.from !== null || rule.until !== null;
  return (
    <li className="rule" data-testid={`own-${id}`} data-weight={weight}>
      <div className="own-rule">
        <span className="rule-title">{title}</span>
        <span className="rule-sentence">
          {rule.sentence}
          {rule.scope !== null && <span className="hint block">For {rule.scope}.</span>}
          {dated && <span className="hint block">Holds {datesOf(rule)}.</span>}
        </span>
        <span className={`rule-weight weight-${weight}`}>{rule.inForce || !on ? WEIGHTS[weight] : "Not in force"}</span>
        <span className="own-does">
          <button type="button" className="small quiet" disabled={isFixed} aria-label={`Edit ${title}`} onClick={onEdit} data-testid={`own-edit-${id}`}>
            Edit
          </button>
          <button type="button" className="small quiet" disabled={isFixed} aria-label={`Turn ${on ? "off" : "on"} ${title}`} onClick={() => void onSet({ type: "turn", id, on: !on })} data-testid={`own-turn-${id}`}>
            {on ? "Turn off" : "Turn on"}
          </button>
          <button type="button" className="small quiet" disabled={isFixed} aria-label={`Delete ${title}`} onClick={() => void onSet({ type: "delete", id })} data-testid={`own-delete-${id}`}>
            Delete
          </button>
        </span>
      </div>
      {children}
    </li>
  );
}
