import { type InputHTMLAttributes, type ReactNode, useId } from "react";

interface Props extends InputHTMLAttributes<HTMLInputElement> {
  readonly label: string;
  readonly hint?: string;
  /** A control that belongs to the field, beside its name. */
  readonly aside?: ReactNode;
  /** What is wrong with the content, with a way out. */
  readonly fault?: ReactNode;
  readonly testId?: string;
}

/** A line to type in, with its name, unit and fault. */
export function Field({ label, hint, aside, fault, testId, ...input }: Props) {
  const id = useId();
  return (
    <div className="field">
      <div className="field-head">
        <label className="label" htmlFor={id}>
          {label}
          {hint && <span className="hint">{hint}</span>}
        </label>
        {aside}
      </div>
      <input
        {...input}
        id={id}
        className="input"
        autoComplete="off"
        spellCheck={false}
        aria-invalid={fault ? true : undefined}
        aria-describedby={fault ? `${id}-fault` : undefined}
        data-testid={testId}
      />
      {fault && (
        <div className="fault" id={`${id}-fault`}>
          {fault}
        </div>
      )}
    </div>
  );
}
