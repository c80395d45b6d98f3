import { useState } from "react";
import type { RuleView } from "../../backend/backend";
import { Face } from "../../components/Face";
import { Field } from "../../components/Field";
import { LoosenDialog } from "./LoosenDialog";
import { Modes } from "./Modes";
import { OwnRules } from "./own/OwnRules";
import { RuleRow } from "./RuleRow";
import { GROUPS, matches, matchesOwn } from "./rule-words";
import { useRules } from "./use-rules";

/** Every rule: what it says, who wrote it, how much it weighs, and what is set of it. */
export function Rules() {
  const { view, error, asked, set, setOwn, leave, reread, restore } = useRules();
  const [pattern, setPattern] = useState("");
  const [open, setOpen] = useState<string | null>(null);
  const note = error && <p className="fault-note rules-error" role="alert" data-testid="rules-error">{error}</p>;
  if (!view) return <div className="screen" data-testid="screen-rules">{error ? <Face kind="broken" title="The rules can't be shown.">{error}</Face> : <Face kind="loading" title="Asking for the rules." />}</div>;
  const found = view.rules.filter((rule) => matches(rule, pattern));
  const count = found.length + view.own.filter((rule) => matchesOwn(rule, pattern)).length;
  const all = view.rules.length + view.own.length;
  return (
    <div className="screen rules" data-testid="screen-rules">
      <h1 className="vh">Rules</h1>
      {view.fault !== null && (
        <Face
          kind="broken"
          title="The rule file can't be used."
          testId="rules-fault"
          actions={
            <div className="row">
              <button type="button" onClick={() => void reread()} data-testid="rules-reread">Read the file again</button>
              <button type="button" onClick={() => void restore()} data-testid="rules-restore">Set it aside and write the rules in force</button>
            </div>
          }
        >
          {view.fault}
        </Face>
      )}
      <Modes rules={view.rules} isFixed={view.fault !== null} onSet={set} />
      {note}
      <div className="rules-tools">
        <Field label="Find a rule" placeholder="short sale, cap, IRA…" type="search" value={pattern} onChange={(event) => setPattern(event.target.value)} testId="rules-search" />
        <p className="hint" role="status" data-testid="rules-count">{count === all ? `${count} rules` : `${count} of ${all} rules`}</p>
        {view.fault === null && <button type="button" className="small quiet" onClick={() => void reread()} data-tip="For when you edit rules.toml yourself" data-testid="rules-reread">Read the rule file again</button>}
      </div>
      <OwnRules rules={view.own} pattern={pattern.trim()} isFixed={view.fault !== null} onSet={setOwn} />
      {count === 0 && <Face kind="empty" title={`No rule speaks of “${pattern.trim()}”.`}>Search by a word of its title, its sentence or its source.</Face>}
      {grouped(found).map(([group, rules]) => (
        <section key={group} aria-labelledby={`rules-${group}`} className="rule-group">
          <h2 id={`rules-${group}`}>{GROUPS[group]}</h2>
          <ul>
            {rules.map((rule) => (
              <RuleRow key={rule.id} rule={rule} others={view.accounts} isFixed={view.fault !== null} open={open === rule.id} onOpen={() => setOpen(open === rule.id ? null : rule.id)} onSet={set} />
            ))}
          </ul>
        </section>
      ))}
      <LoosenDialog asked={asked} onLeave={leave} />
    </div>
  );
}

function grouped(rules: readonly RuleView[]): readonly (readonly [RuleView["group"], readonly RuleView[]])[] {
  const groups = [...new Set(rules.map(({ group }) => group))];
  return groups.map((group) => [group, rules.filter((rule) => rule.group === group)] as const);
}
