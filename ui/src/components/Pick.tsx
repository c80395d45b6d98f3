import { Select } from "@base-ui/react/select";

interface Option {
  readonly value: string;
  readonly label: string;
  readonly hint?: string;
}

interface Props {
  readonly label: string;
  readonly options: readonly Option[];
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** The button's; options are `<testId>-<value>`, `all` for the empty one. */
  readonly testId: string;
}

/** One of many, in a list that opens. */
export function Pick({ label, options, value, onChange, testId }: Props) {
  const items = options.map((option) => ({ value: option.value, label: option.label }));
  return (
    <Select.Root items={items} value={value} onValueChange={(next) => onChange(next ?? "")}>
      <Select.Trigger className="pick" aria-label={label} data-testid={testId} data-value={value}>
        <Select.Value />
        <Select.Icon className="pick-icon">▾</Select.Icon>
      </Select.Trigger>
      <Select.Portal>
        <Select.Positioner className="pick-positioner" sideOffset={4} alignItemWithTrigger={false}>
          <Select.Popup className="pick-popup">
            {options.map((option) => (
              <Select.Item key={option.value} value={option.value} className="pick-item" data-testid={`${testId}-${option.value || "all"}`}>
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
