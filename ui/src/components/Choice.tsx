import { useId } from "react";

interface Option<T extends string> {
  readonly value: T;
  readonly label: string;
  readonly testId?: string;
}

interface Props<T extends string> {
  readonly label: string;
  readonly options: readonly Option<T>[];
  readonly value: T;
  readonly onChange: (value: T) => void;
  readonly hideLabel?: boolean;
  /** Its labels need the whole width. */
  readonly wide?: boolean;
  readonly testId?: string;
}

/** One of a few, all in sight. */
export function Choice<T extends string>({ label, options, value, onChange, hideLabel = false, wide = false, testId }: Props<T>) {
  const name = useId();
  return (
    <fieldset className={wide ? "choice wide" : "choice"} data-testid={testId} data-value={value}>
      <legend className={hideLabel ? "vh" : "label"}>{label}</legend>
      <div className="choice-options">
        {options.map((option) => (
          <label key={option.value} className="choice-option" data-testid={option.testId}>
            <input
              type="radio"
              name={name}
              value={option.value}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
            />
            <span>{option.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
