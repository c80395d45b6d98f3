import type { FindingView } from "../backend/backend";
import { Field } from "./Field";

/** The program takes no shorter one. */
const SHORTEST = 10;

export function isReason(text: string): boolean {
  return text.trim().length >= SHORTEST;
}

interface Props {
  readonly finding: FindingView;
  readonly value: string;
  readonly onChange: (text: string) => void;
}

/** What a rule says, and where the person types why they go on against it. */
export function ReasonField({ finding, value, onChange }: Props) {
  return (
    <div className="reason" data-testid={`reason-for-${finding.rule}`}>
      <p>
        <strong>{finding.title}</strong> {finding.says}
      </p>
      <Field
        label="Why you go on all the same"
        hint={`At least ${SHORTEST} characters; it is kept in the journal`}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        testId={`reason-${finding.rule}`}
      />
    </div>
  );
}
