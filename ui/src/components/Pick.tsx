import { Select } from "@base-ui/react/select";

interface Option {
  readonly value: string;
  readonly label: string;
  readonly hint?: string;
  /** One line on it, for a pointer that rests on it. */
  readonly tip?: string;
}

interface Props {
  readonly label: string;
  readonly options: readonly Option[];
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** The button's; options are `<testId>-<value>`, `all` for the empty one. */
  readonly testId: string;
  readonly disabled?: boolean;
}

/** One of many, in a list that opens. */
export function Pick({ label, options, value, onChange, testId, disabled = false }: Props) {
  const items = options.map((option) => ({ value: option.value, label: option.label }));
  // When the chosen one leaves the list, the primitive takes another by itself, as if the person had chosen it. A new list is a new control.
  const list = options.map((option) => option.value).join("\n");
  return (
    <Select.Root key={list} disabled={disabled} items={items} value={value} onValueChange={(next) => next !== null && onChange(next)}>
      <Select.Trigger className="pick" aria-label={label} data-testid={testId} data-value={value}>
        <Select.Value />
        <Select.Icon className="pick-icon">▾</Select.Icon>
      </Select.Trigger>
      <Select.Portal>
        <Select.Positioner className="pick-positioner" sideOffset={4} alignItemWithTrigger={false}>
          <Select.Popup className="pick-popup">
            {options.map((option) => (
              <Select.Item key={option.value} value={option.value} className="pick-item" data-tip={option.tip} data-testid={`${testId}-${option.value || "all"}`}>
                <Select.ItemText>{option.label}</Select.ItemText>
                {option.hint && <span className="hint">{option.hint}</span>}
              </Select.Item>
            ))}
          </Select.Popup>
        </Select.Positioner>
      </Select.Portal>
    </Select.Root>
  );
}
