import { FindingList } from "./FindingList";
import { FaultNote } from "./FaultNote";
import type { Ticket, TicketState } from "./ticket";

/** What the rules say of the draft now, and what became of the last preview. */
export function OutcomeNotes({ ticket, state }: { readonly ticket: Ticket; readonly state: TicketState }) {
  const { stage, check } = state;
  const outcome = stage.at === "editing" ? stage.outcome : null;
  const error = stage.at === "editing" ? stage.error : null;
  const verdict = outcome?.type === "blocked" || outcome?.type === "failed" ? outcome.verdict : (check?.verdict ?? null);
  return (
    <div className="outcome-notes" data-testid="ticket-verdict" data-clear={verdict ? verdict.clear : undefined} aria-live="polite">
      {outcome?.type === "blocked" && (
        <p className="verdict-head blocked" data-testid="preview-blocked">
          Blocked. The gateway was not asked and nothing was sent.
        </p>
      )}
      {outcome?.type === "failed" && (
        <p className="verdict-head blocked" role="alert" data-testid="preview-failed">
          {outcome.message} Nothing was sent.
        </p>
      )}
      {outcome?.type === "failed" && outcome.canGoOn && (
        <button type="button" className="mend" onClick={() => void ticket.preview({ silent: true })} data-testid="preview-go-on">
          Ask once more, and go on without margins and commission if there is no answer
        </button>
      )}
      {error && (
        <p className="verdict-head blocked" role="alert" data-testid="preview-error" data-code={error.code}>
          {error.message}
        </p>
      )}
      <FaultNote ticket={ticket} state={state} field="intent" />
      {verdict && <FindingList verdict={verdict} onMend={(mend) => ticket.mend(mend)} passed="count" />}
    </div>
  );
}
