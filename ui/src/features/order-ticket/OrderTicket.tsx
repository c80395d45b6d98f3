import { useValue } from "../../lib/value-store";
import { ConfirmDialog } from "./ConfirmDialog";
import { isTouched } from "./draft";
import { PreviewPanel } from "./PreviewPanel";
import { SentPanel } from "./SentPanel";
import type { Ticket } from "./ticket";
import { TicketForm } from "./TicketForm";
import { TicketMenu } from "./TicketMenu";

interface Props {
  readonly ticket: Ticket;
  readonly onShowOrders: () => void;
  /** Opens the chain of an underlying. */
  readonly onShowOptions: (conId: number) => void;
}

/** The order ticket: fill in, preview, confirm. */
export function OrderTicket({ ticket, onShowOrders, onShowOptions }: Props) {
  const state = useValue(ticket.state);
  const { stage } = state;
  return (
    <section className="ticket" aria-labelledby="ticket-title" data-testid="ticket" data-stage={stage.at} data-changing={state.changing ?? undefined}>
      <header className="panel-head">
        <h2 id="ticket-title">{state.changing === null ? "Order ticket" : "Change order"}</h2>
        <TicketMenu ticket={ticket} state={state} />
      </header>
      {stage.at === "sent" ? (
        <SentPanel sent={stage} hasDraft={isTouched(state.draft)} onChange={(key) => void ticket.change(key)} onMend={(key, mend) => void ticket.remake(key, mend)} onNew={() => ticket.goOn()} onShowOrders={onShowOrders} />
      ) : stage.at === "previewed" ? (
        <>
          <PreviewPanel ticket={ticket} stage={stage} />
          <ConfirmDialog ticket={ticket} stage={stage} decimals={state.instrument?.priceDecimals ?? 2} />
        </>
      ) : (
        <TicketForm ticket={ticket} state={state} onShowOptions={onShowOptions} />
      )}
    </section>
  );
}
