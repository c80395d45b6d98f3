import { useState } from "react";
import type { OwnRuleChoice, OwnRuleView, RuleFault } from "../../../backend/backend";
import { Face } from "../../../components/Face";
import { matchesOwn } from "../rule-words";
import { OwnEditor } from "./OwnEditor";
import { OwnRuleRow } from "./OwnRuleRow";

interface Props {
  readonly rules: readonly OwnRuleView[];
  /** What is searched for; empty shows all. One that is edited stays. */
  readonly pattern: string;
  /** Nothing can be set while the rule file is at fault. */
  readonly isFixed: boolean;
  readonly onSet: (choice: OwnRuleChoice, onKept?: () => void) => Promise<readonly RuleFault[]>;
}

const NEW = "";

/** The rules that the person wrote, and writing one. */
export function OwnRules({ rules, pattern, isFixed, onSet }: Props) {
  // The id of the one that is edited; empty for a new one.
  const [edited, setEdited] = useState<string | null>(null);
  const close = () => setEdited(null);
  const shown = rules.filter((rule) => rule.id === edited || matchesOwn(rule, pattern));
  const editor = (rule: OwnRuleView | null) => <OwnEditor key={rule?.id ?? NEW} rule={rule} onSet={onSet} onClose={close} />;
  return (
    <section aria-labelledby="own-rules" className="rule-group own-rules" data-testid="own-rules">
      <div className="own-head">
        <h2 id="own-rules">Your rules</h2>
        <button type="button" className="small" disabled={isFixed || edited === NEW} onClick={() => setEdited(NEW)} data-testid="own-new">
          New rule
        </button>
      </div>
      {edited === NEW && editor(null)}
      {rules.length === 0 && edited !== NEW && (
        <Face kind="empty" title="You have written no rule yet." testId="own-empty">
          A rule of yours stops an order, asks for a reason or warns, by its value, the account, the market or the time of day.
        </Face>
      )}
      <ul>
        {shown.map((rule) => (
          <OwnRuleRow key={rule.id} rule={rule} isFixed={isFixed} onEdit={() => setEdited(rule.id)} onSet={onSet}>
            {edited === rule.id && editor(rule)}
          </OwnRuleRow>
        ))}
      </ul>
    </section>
  );
}
