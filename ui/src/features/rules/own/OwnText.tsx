import { useId } from "react";

interface Props {
  readonly text: string;
  /** Whether the form can show it. */
  readonly fits: boolean;
  readonly onChange: (text: string) => void;
}

/** A rule as it stands in the rule file. */
export function OwnText({ text, fits, onChange }: Props) {
  const id = useId();
  return (
    <div className="field own-text">
      <label className="label" htmlFor={id}>
        As it stands in rules.toml
      </label>
      <textarea id={id} className="input" rows={Math.max(8, text.split("\n").length)} spellCheck={false} value={text} onChange={(event) => onChange(event.target.value)} data-testid="own-text" />
      {!fits && <p className="hint block">Its conditions lie deeper than the form shows, so it is edited as text.</p>}
    </div>
  );
}
