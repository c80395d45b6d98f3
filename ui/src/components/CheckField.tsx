interface Props {
  readonly label: string;
  /** One line on what it does. */
  readonly says?: string;
  readonly checked: boolean;
  readonly onTurn: (on: boolean) => void;
  readonly testId: string;
}

/** Yes or no. */
export function CheckField({ label, says, checked, onTurn, testId }: Props) {
  return (
    <label className="check wide" data-tip={says} data-testid={testId}>
      <input type="checkbox" checked={checked} onChange={(event) => onTurn(event.target.checked)} />
      <span>{label}</span>
    </label>
  );
}
