import type { ExitsInput } from "../../backend/backend";
import { Choice } from "../../components/Choice";
import { useKeyed, useLive } from "../../live/context";
import { AimField } from "./AimField";
import { entryOf, NO_EXITS } from "./aims";
import { ExitStop } from "./ExitStop";
import { PriceLadder } from "./PriceLadder";
import { RiskReward } from "./RiskReward";
import type { Ticket, TicketState } from "./ticket";

const STANDS = [
  { value: "gtc", label: "Until cancelled", testId: "exits-gtc" },
  { value: "day", label: "Today", testId: "exits-day" },
] as const;

/** The orders that close what the entry opens: typed, or drawn on the ladder. */
export function BracketSection({ ticket, state }: { readonly ticket: Ticket; readonly state: TicketState }) {
  const { draft, instrument } = state;
  const quote = useKeyed(useLive().quotes, String(instrument?.conId ?? 0));
  const exits = draft.exits ?? NO_EXITS;
  const entry = entryOf(draft, quote);
  const put = (patch: Partial<ExitsInput>) => ticket.edit({ exits: { ...exits, ...patch } });
  return (
    <section className="ticket-section" aria-label="Bracket" data-testid="ticket-bracket">
      <div className="number-fields">
        <AimField ticket={ticket} state={state} leg="takeProfit" label="Take-profit" price={exits.takeProfit} field="takeProfit" testId="exit-profit" />
        <ExitStop ticket={ticket} state={state} />
      </div>
      {instrument && entry && <PriceLadder ticket={ticket} draft={draft} entry={entry} instrument={instrument} bid={quote?.bid.value ?? null} ask={quote?.ask.value ?? null} />}
      <RiskReward draft={draft} entry={entry} instrument={instrument} />
      <Choice label="Exits stand" hideLabel options={STANDS} value={exits.untilCancelled ? "gtc" : "day"} onChange={(stands) => put({ untilCancelled: stands === "gtc" })} />
    </section>
  );
}
