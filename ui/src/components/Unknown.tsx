import { DASH } from "../lib/format";

interface Props {
  /** Why it is not known. */
  readonly why: string;
  readonly testId?: string;
}

/** A value that is not known: never a zero. */
export function Unknown({ why, testId }: Props) {
  return (
    <span className="figure unknown" role="img" aria-label={`not known: ${why}`} data-tip={why} data-testid={testId}>
      {DASH}
    </span>
  );
}
