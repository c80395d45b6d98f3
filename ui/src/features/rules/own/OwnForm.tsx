import type { OwnRuleForm, OwnRuleWords, Severity } from "../../../backend/backend";
import { Field } from "../../../components/Field";
import { Pick } from "../../../components/Pick";
import { WEIGHTS } from "../rule-words";
import { Conditions } from "./Conditions";
import { OwnScope } from "./OwnScope";

interface Props {
  readonly words: OwnRuleWords;
  readonly form: OwnRuleForm;
  readonly faultAt: (key: string) => string | undefined;
  readonly onChange: (form: OwnRuleForm) => void;
}

const SEVERITIES: readonly Severity[] = ["block", "override", "warn", "inform"];

/** A rule's title, weight, conditions and scope. */
export function OwnForm({ words, form, faultAt, onChange }: Props) {
  const put = (change: Partial<OwnRuleForm>) => onChange({ ...form, ...change });
  return (
    <>
      <div className="own-fields">
        <Field label="Title" value={form.title} autoFocus placeholder="No large orders before ten" onChange={(event) => put({ title: event.target.value })} fault={faultAt("title")} testId="own-title" />
        <span className="field">
          <span className="label">What it does</span>
          <Pick label="What it does" options={SEVERITIES.map((severity) => ({ value: severity, label: WEIGHTS[severity] }))} value={form.severity} onChange={(severity) => put({ severity: severity as Severity })} testId="own-severity" />
        </span>
      </div>
      <Conditions words={words} join={form.join} parts={form.parts} faultAt={faultAt} onChange={(join, parts) => put({ join, parts })} />
      <OwnScope words={words} form={form} faultAt={faultAt} onPut={put} />
    </>
  );
}
