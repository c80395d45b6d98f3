import type { RuleChoice, RuleFault, RuleView } from "../../backend/backend";
import { accountWords } from "../../lib/words";
import { useKeys, useLive } from "../../live/context";
import { RulePlace } from "./RulePlace";
import { datesOf, settingIn, WEIGHTS, weightOf } from "./rule-words";

interface Props {
  readonly rule: RuleView;
  /** Accounts with settings of their own, also those of other logins. */
  readonly others: readonly string[];
  readonly isFixed: boolean;
  readonly open: boolean;
  readonly onOpen: () => void;
  readonly onSet: (choice: RuleChoice) => Promise<readonly RuleFault[]>;
}

/** One rule; opened, with what can be set of it over all accounts and for each. */
export function RuleRow({ rule, others, isFixed, open, onOpen, onSet }: Props) {
  const { accounts } = useLive();
  const ids = useKeys(accounts);
  const weight = weightOf(rule);
  const canSet = rule.weights.length > 1 || rule.params.length > 0;
  const foreign = others.filter((id) => !ids.includes(id) && settingIn(rule, id) !== undefined);
  const places = [{ account: null, label: "Over all accounts" }, ...[...ids, ...foreign].map((id) => ({ account: id, label: `${accountWords(accounts.get(id), "Another login's")} ${id}` }))];
  return (
    <li className="rule" data-testid={`rule-${rule.id}`} data-weight={weight}>
      <button type="button" className="rule-head" aria-expanded={open} onClick={onOpen} data-testid={`rule-open-${rule.id}`}>
        <span className="rule-title">{rule.title}</span>
        <span className="rule-sentence">{rule.sentence}</span>
        <span className={`rule-weight weight-${weight}`}>
          {rule.inForce ? WEIGHTS[weight] : "Not in force"}
          {rule.settings.length > 0 && <span className="hint">set</span>}
        </span>
      </button>
      {open && (
        <div className="rule-body">
          <dl className="facts">
            <dt>Written by</dt>
            <dd>{rule.source}</dd>
            <dt>Holds</dt>
            <dd>{datesOf(rule)}</dd>
            <dt>Concerns</dt>
            <dd>{rule.scope}</dd>
            <dt>As shipped</dt>
            <dd>{WEIGHTS[rule.usual]}</dd>
          </dl>
          {!canSet && <p className="hint block">Nothing of it can be set.</p>}
          {rule.changeable === "stricter" && canSet && <p className="hint block">It can only be made stricter: the rule isn’t yours.</p>}
          {canSet &&
            places.map(({ account, label }) => (
              <RulePlace key={`${account ?? "all"} ${JSON.stringify(settingIn(rule, account) ?? null)}`} rule={rule} account={account} label={label} isFixed={isFixed} onSet={onSet} />
            ))}
        </div>
      )}
    </li>
  );
}
