import type { CheckStepView } from "../../backend/backend";
import { FaultCard } from "./FaultCard";
import { markOf, tookWords } from "./wizard-words";

interface Props {
  readonly steps: readonly CheckStepView[];
  /** Null while it can't be tried again. */
  readonly onAgain: (() => void) | null;
}

export function CheckList({ steps, onAgain }: Props) {
  return (
    <ol className="check-list" data-testid="check-list">
      {steps.map((line) => (
        <CheckLine key={line.step} line={line} titles={new Map(steps.map(({ step, title }) => [step, title]))} onAgain={onAgain} />
      ))}
    </ol>
  );
}

interface LineProps {
  readonly line: CheckStepView;
  readonly titles: ReadonlyMap<string, string>;
  readonly onAgain: (() => void) | null;
}

function CheckLine({ line, titles, onAgain }: LineProps) {
  const { mark, words, tone } = markOf(line);
  const { outcome } = line;
  return (
    <li className={`check-line check-${tone}`} data-testid={`check-${line.step}`} data-outcome={outcome.type} data-fault={outcome.type === "failed" || outcome.type === "limited" ? outcome.fault.name : undefined}>
      <div className="check-row">
        <span className="check-mark">
          <span aria-hidden="true">{mark}</span>
          <span className="vh">{words}:</span>
        </span>
        <span className="check-title">{line.title}</span>
        <span className="check-says">{saysOf(line, titles)}</span>
        <span className="check-took number">{tookWords(line.millis)}</span>
      </div>
      {line.details.length > 0 && (
        <ul className="check-details">
          {line.details.map((detail) => (
            <li key={detail}>{detail}</li>
          ))}
        </ul>
      )}
      {(outcome.type === "failed" || outcome.type === "limited") && <FaultCard fault={outcome.fault} onAgain={outcome.type === "failed" ? onAgain : null} />}
    </li>
  );
}

function saysOf({ outcome }: CheckStepView, titles: ReadonlyMap<string, string>): string {
  switch (outcome.type) {
    case "passed":
      return outcome.says;
    case "limited":
    case "failed":
      return outcome.fault.says;
    case "notRun":
      return `Not run, because this failed: ${titles.get(outcome.because) ?? outcome.because}.`;
    case "notChecked":
      return outcome.why;
    default:
      return "";
  }
}
