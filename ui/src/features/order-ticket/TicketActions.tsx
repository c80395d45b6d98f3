import { useId, useState } from "react";
import { useKeys, useLive } from "../../live/context";
import { CompareAccounts } from "./CompareAccounts";
import type { Ticket, TicketState } from "./ticket";

interface Props {
  readonly ticket: Ticket;
  readonly state: TicketState;
  /** Why nothing can be previewed now; null when it can. */
  readonly refusal: string | null;
}

/** What can be done with the draft: preview it here, or in all accounts at once. */
export function TicketActions({ ticket, state, refusal }: Props) {
  const whyId = useId();
  const [compares, setCompares] = useState(false);
  const several = useKeys(useLive().accounts).length > 1;
  const busy = state.stage.at === "previewing";
  const changing = state.changing !== null;
  return (
    <div className={several && !changing ? "ticket-actions pair" : "ticket-actions"}>
      {several && !changing && (
        <button type="button" disabled={busy || refusal !== null} onClick={() => setCompares(true)} data-testid="ticket-compare">
          Compare accounts
        </button>
      )}
      <button type="submit" className="primary" disabled={busy || refusal !== null} aria-describedby={refusal ? whyId : undefined} data-testid="ticket-preview">
        {busy ? "Asking…" : changing ? "Preview change" : "Preview"}
      </button>
      {refusal && (
        <p id={whyId} className="hint block wide" data-testid="ticket-refusal">
          {refusal}
        </p>
      )}
      {compares && (
        <CompareAccounts
          draft={state.draft}
          onChoose={(account) => {
            setCompares(false);
            ticket.edit({ account });
          }}
          onLeave={() => setCompares(false)}
        />
      )}
    </div>
  );
}
