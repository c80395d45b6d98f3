interface Props {
  readonly name: string;
  readonly title: string;
  readonly isOpen: boolean;
  /** Whether something in it is set. */
  readonly isSet: boolean;
  /** Why there is nothing to choose; null when there is. */
  readonly why: string | null;
  readonly onTurn: () => void;
}

export function SectionButton({ name, title, isOpen, isSet, why, onTurn }: Props) {
  return (
    <button
      type="button"
      className={isSet ? "small is-set" : "small"}
      aria-expanded={isOpen}
      disabled={why !== null && !isOpen && !isSet}
      data-tip={why ?? undefined}
      onClick={onTurn}
      data-testid={`section-${name}`}
    >
      {title}
      {isSet && <span className="vh">, set</span>}
    </button>
  );
}
