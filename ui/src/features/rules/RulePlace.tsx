import { type FormEvent, useState } from "react";
import type { RuleChoice, RuleFault, RuleParamView, RuleView, RuleWeight } from "../../backend/backend";
import { Field } from "../../components/Field";
import { Pick } from "../../components/Pick";
import { settingIn, unitWords, WEIGHTS, weightOf } from "./rule-words";

interface Props {
  readonly rule: RuleView;
  /** Null: over all accounts. */
  readonly account: string | null;
  readonly label: string;
  readonly isFixed: boolean;
  readonly onSet: (choice: RuleChoice) => Promise<readonly RuleFault[]>;
}

/** What is set of a rule in one place. An empty field is as it is elsewhere. */
export function RulePlace({ rule, account, label, isFixed, onSet }: Props) {
  const set = settingIn(rule, account);
  const start = Object.fromEntries(rule.params.map(({ key }) => [key, set?.values.find((value) => value.key === key)?.text ?? ""]));
  const [weight, setWeight] = useState<RuleWeight | "">(set?.weight ?? "");
  const [texts, setTexts] = useState<Record<string, string>>(start);
  const [faults, setFaults] = useState<readonly RuleFault[]>([]);
  const changed = weight !== (set?.weight ?? "") || rule.params.some(({ key }) => texts[key] !== start[key]);
  const name = `${rule.id}-${account ?? "all"}`;
  const whole = faults.find(({ key }) => key === null);
  const inherited = ({ key, usual, unit }: RuleParamView) =>
    (account === null ? undefined : settingIn(rule, null)?.values.find((value) => value.key === key)?.text) ?? usual ?? (unit === "symbols" || unit === "kinds" ? "none" : "no limit");
  const save = async (event: FormEvent) => {
    event.preventDefault();
    const values = rule.params.map(({ key }) => ({ key, text: texts[key] ?? "" }));
    setFaults(await onSet({ rule: rule.id, account, weight: weight === "" ? null : weight, values, word: null }));
  };
  return (
    <form className="rule-place" onSubmit={(event) => void save(event)} aria-label={`${rule.title}, ${label}`} data-testid={`place-${name}`}>
      <span className="rule-place-name">{label}</span>
      {rule.weights.length > 1 && (
        <span className="rule-place-weight">
          <span className="label">Weight</span>
          <Pick
            label={`Weight, ${label}`}
            options={[
              { value: "", label: account === null ? `As shipped (${WEIGHTS[rule.usual]})` : `As over all (${WEIGHTS[weightOf(rule)]})` },
              ...rule.weights.map((each) => ({ value: each, label: WEIGHTS[each] })),
            ]}
            value={weight}
            onChange={(next) => setWeight(next as RuleWeight | "")}
            testId={`weight-${name}`}
            disabled={isFixed}
          />
        </span>
      )}
      {rule.params.map((param) =>
        param.choices.length > 0 ? (
          <span key={param.key} className="rule-place-weight">
            <span className="label">{param.title}</span>
            <Pick
              label={`${param.title}, ${label}`}
              options={[{ value: "", label: `${inherited(param)} (not set)` }, ...param.choices.map((choice) => ({ value: choice, label: choice }))]}
              value={texts[param.key] ?? ""}
              onChange={(text) => setTexts({ ...texts, [param.key]: text })}
              testId={`value-${name}-${param.key}`}
              disabled={isFixed}
            />
          </span>
        ) : (
          <Field
            key={param.key}
            label={param.title}
            hint={unitWords(param)}
            placeholder={inherited(param)}
            value={texts[param.key] ?? ""}
            onChange={(event) => setTexts({ ...texts, [param.key]: event.target.value })}
            fault={faults.find(({ key }) => key === param.key)?.says}
            disabled={isFixed}
            testId={`value-${name}-${param.key}`}
          />
        ),
      )}
      <button type="submit" className={changed ? "primary" : ""} disabled={!changed || isFixed} data-testid={`save-${name}`}>
        Save
      </button>
      {whole && <p className="fault-note" role="alert" data-testid={`fault-${name}`}>{whole.says}</p>}
    </form>
  );
}
