import { type FormEvent, type KeyboardEvent, useState } from "react";
import { asBackendError, type OwnRuleChoice, type OwnRuleForm, type OwnRuleInput, type OwnRuleView, type RuleFault } from "../../../backend/backend";
import { useBackend } from "../../../backend/context";
import { Choice } from "../../../components/Choice";
import { Face } from "../../../components/Face";
import { OwnForm } from "./OwnForm";
import { OwnText } from "./OwnText";
import { OwnTrial } from "./OwnTrial";
import { EMPTY_FORM, EXAMPLE, tellable } from "./own-form";
import { useTrial } from "./use-trial";
import { useWords } from "./use-words";

interface Props {
  /** Null: a new one. */
  readonly rule: OwnRuleView | null;
  readonly onSet: (choice: OwnRuleChoice, onKept?: () => void) => Promise<readonly RuleFault[]>;
  readonly onClose: () => void;
}

const VIEWS = [
  { value: "form", label: "As a form", testId: "own-as-form" },
  { value: "text", label: "As text", testId: "own-as-text" },
] as const;

/** A rule while it is written: as a form or as text, with what it says and what it would have said. */
export function OwnEditor({ rule, onSet, onClose }: Props) {
  const backend = useBackend();
  const { words, error } = useWords();
  const [form, setForm] = useState<OwnRuleForm | null>(rule ? rule.form : EMPTY_FORM);
  const [text, setText] = useState<string | null>(rule && rule.form === null ? rule.text : null);
  // What was wrong when the person asked to keep it.
  const [refused, setRefused] = useState<readonly RuleFault[]>([]);
  const id = rule?.id ?? null;
  const input: OwnRuleInput = text === null && form ? { type: "form", form } : { type: "text", id, text: text ?? "" };
  const { trial, error: unheard } = useTrial(input);
  const told = refused.length > 0 ? (trial?.faults ?? refused) : input.type === "form" ? tellable(trial?.faults ?? [], input.form) : (trial?.faults ?? []);
  const faultAt = (key: string | null) => told.find((fault) => fault.key === key)?.says;
  // What is typed is asked about anew, so that its last letter is in the other view too; while it is faulty it stays where it is.
  const view = async (to: "form" | "text") => {
    if (form === EMPTY_FORM && to === "text") return setText(EXAMPLE);
    if (text === EXAMPLE && to === "form") return setText(null);
    try {
      const { faults, text: written, form: held } = await backend.tryOwnRule(input);
      setRefused(faults);
      if (to === "text" && written !== null) setText(written);
      if (to === "form" && held !== null) {
        setForm({ ...held, id });
        setText(null);
      }
    } catch (thrown) {
      setRefused([{ key: null, says: asBackendError(thrown).message }]);
    }
  };
  // What was typed is never lost to a key; an open list takes the key for itself.
  const untouched = text === null && form === (rule ? rule.form : EMPTY_FORM);
  const escape = (event: KeyboardEvent) => {
    if (event.key === "Escape" && untouched && event.currentTarget.contains(event.target as Node)) onClose();
  };
  const keep = async (event: FormEvent) => {
    event.preventDefault();
    setRefused(await onSet({ type: "keep", input }, onClose));
  };
  if (!words) return error ? <Face kind="broken" title="Rules can't be written now.">{error}</Face> : <Face kind="loading" title="Asking what rules are made of." />;
  const placeless = told.filter(({ key }) => key === null || ["id", "when", "version", "accounts", "accountKinds", "kinds"].includes(key));
  return (
    <form className="own-editor" aria-label={rule ? `Edit ${rule.title}` : "New rule"} onSubmit={(event) => void keep(event)} onKeyDown={escape} data-testid="own-editor">
      <Choice label="How it is written" hideLabel options={VIEWS} value={input.type} onChange={(to) => void view(to)} testId="own-view" />
      {input.type === "form" ? <OwnForm words={words} form={input.form} faultAt={faultAt} onChange={setForm} /> : <OwnText text={input.text} fits={trial === null || trial.form !== null || trial.faults.length > 0} onChange={setText} />}
      {placeless.map(({ says }) => (
        <p key={says} className="fault-note" role="alert" data-testid="own-fault">
          {says}
        </p>
      ))}
      <OwnTrial trial={trial} error={unheard} />
      <div className="row own-actions">
        <button type="submit" className="primary" data-testid="own-keep">
          {rule ? "Save the rule" : "Make the rule"}
        </button>
        <button type="button" onClick={onClose} data-testid="own-leave">
          Leave without saving
        </button>
      </div>
    </form>
  );
}
