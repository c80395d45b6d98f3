import type { RuleChoice, RuleView } from "../../backend/backend";
import { CheckField } from "../../components/CheckField";
import { weightOf } from "./rule-words";

interface Props {
  readonly rules: readonly RuleView[];
  /** Nothing can be set while the rule file is at fault. */
  readonly isFixed: boolean;
  readonly onSet: (choice: RuleChoice) => Promise<unknown>;
}

/** The modes, as switches over all accounts. */
export function Modes({ rules, isFixed, onSet }: Props) {
  const modes = rules.filter(({ group, weights }) => group === "modes" && weights.includes("off"));
  return (
    <fieldset className="modes" disabled={isFixed}>
      <legend className="vh">Modes</legend>
      <span className="label" aria-hidden="true">
        Modes
      </span>
      {modes.map((mode) => (
        <CheckField
          key={mode.id}
          label={mode.title}
          says={mode.sentence}
          checked={weightOf(mode) !== "off"}
          onTurn={(on) => void onSet({ rule: mode.id, account: null, weight: on ? "block" : null, values: [], word: null })}
          testId={`mode-${mode.id}`}
        />
      ))}
    </fieldset>
  );
}
