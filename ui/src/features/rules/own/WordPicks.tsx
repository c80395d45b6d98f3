import { useId } from "react";
import type { WordView } from "../../../backend/backend";
import { Pick } from "../../../components/Pick";

interface Props {
  readonly label: string;
  readonly words: readonly WordView[];
  /** The chosen ones, separated by commas. */
  readonly value: string;
  readonly fault: string | undefined;
  readonly onChange: (value: string) => void;
  readonly testId: string;
}

/** One of two words, or some of several. */
export function WordPicks({ label, words, value, fault, onChange, testId }: Props) {
  const id = useId();
  const chosen = value.split(",").map((word) => word.trim()).filter((word) => word !== "");
  const turn = (word: string, on: boolean) => onChange(words.map((each) => each.value).filter((each) => (each === word ? on : chosen.includes(each))).join(", "));
  const note = fault && (
    <div className="fault" id={id}>
      {fault}
    </div>
  );
  if (words.length === 2) {
    return (
      <div className="field">
        <Pick label={label} options={[{ value: "", label: "Choose" }, ...words]} value={value} onChange={onChange} testId={testId} />
        {note}
      </div>
    );
  }
  return (
    <fieldset className="own-words" aria-describedby={fault ? id : undefined} data-testid={testId}>
      <legend className="vh">{label}</legend>
      {words.map((word) => (
        <label key={word.value} className="check" data-testid={`${testId}-${word.value}`}>
          <input type="checkbox" checked={chosen.includes(word.value)} onChange={(event) => turn(word.value, event.target.checked)} />
          <span>{word.label}</span>
        </label>
      ))}
      {note}
    </fieldset>
  );
}
