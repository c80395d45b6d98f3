import { useValue } from "../../lib/value-store";
import { ConfirmDialog } from "./ConfirmDialog";
import { PreviewPanel } from "./PreviewPanel";
import { SentPanel } from "./SentPanel";
import type { Ticket } from "./ticket";
import { TicketForm } from "./TicketForm";

interface Props {
  readonly ticket: Ticket;
  readonly onShowOrders: () => void;
}

/** The order ticket: fill in, preview, confirm. */
export function OrderTicket({ ticket, onShowOrders }: Props) {
  const state = useValue(ticket.state);
  const { stage } = state;
  return (
    <section className="ticket" aria-labelledby="ticket-title" data-testid="ticket" data-stage={stage.at}>
      <header className="panel-head">
        <h2 id="ticket-title">Order ticket</h2>
        <button type="button" className="quiet" onClick={() => ticket.clear()} data-testid="ticket-clear">
          New
        </button>
      </header>
      {stage.at === "sent" ? (
        <SentPanel sent={stage} onNew={() => ticket.clear()} onShowOrders={onShowOrders} />
      ) : stage.at === "previewed" ? (
        <>
          <PreviewPanel ticket={ticket} stage={stage} />
          <ConfirmDialog ticket={ticket} stage={stage} />
        </>
      ) : (
        <TicketForm ticket={ticket} state={state} />
      )}
    </section>
  );
}
