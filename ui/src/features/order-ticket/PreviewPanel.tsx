import { useMoment } from "../../live/clock";
import { useLive } from "../../live/context";
import { useValue } from "../../lib/value-store";
import { Details } from "./Details";
import { FindingList } from "./FindingList";
import { PreviewFigures } from "./PreviewFigures";
import { secondsLeft } from "./stale";
import type { Stage, Ticket } from "./ticket";

interface Props {
  readonly ticket: Ticket;
  readonly stage: Extract<Stage, { at: "previewed" }>;
}

/** What the order would do, told by the rules and the gateway, and how long that word stands. */
export function PreviewPanel({ ticket, stage }: Props) {
  const { preview, error } = stage;
  const left = useMoment((now) => secondsLeft(preview, now));
  const linkUp = useValue(useLive().link)?.state === "up";
  const usable = left > 0 && linkUp && !error;
  // What a rule says stands among the findings, with its source.
  const warnings = preview.warnings.filter((warning) => !preview.verdict.findings.some(({ says }) => says === warning));
  return (
    <div className="preview" data-testid="preview-panel" data-preview={preview.id}>
      <p className="preview-sentence" data-testid="preview-sentence">
        {preview.sentence}
      </p>
      <Details preview={preview} testId="preview-details" />
      <PreviewFigures preview={preview} combined={stage.draft.legs.length > 0} />
      {warnings.length > 0 && (
        <ul className="warnings" data-testid="preview-warnings">
          {warnings.map((warning) => (
            <li key={warning}>{warning}</li>
          ))}
        </ul>
      )}
      <FindingList verdict={preview.verdict} onMend={(mend) => ticket.mend(mend)} passed="count" />
      {error && (
        <p className="fault-note" role="alert" data-testid="preview-confirm-error" data-code={error.code}>
          {error.message}
        </p>
      )}
      <p className={left > 10 ? "hint block" : "expiry-soon"} data-testid="preview-expiry">
        {!linkUp
          ? "The link is not up: this preview can't be confirmed now."
          : left > 0
            ? `This preview stands for ${left} s more.`
            : "This preview has expired: prices and margin may have moved. Preview again."}
      </p>
      <div className="ticket-actions pair">
        <button type="button" onClick={() => ticket.edit({})} data-testid="preview-edit">
          Edit
        </button>
        <button type="button" className={usable ? "" : "primary"} disabled={!linkUp} onClick={() => void ticket.preview()} data-testid="preview-again">
          Preview again
        </button>
        <button type="button" className="primary wide" data-next disabled={!usable} onClick={() => ticket.askToConfirm(true)} data-testid="preview-confirm">
          {preview.changes ? "Confirm the change…" : "Confirm…"}
        </button>
      </div>
    </div>
  );
}
