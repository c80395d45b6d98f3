import type { MatchView } from "../../backend/backend";
import { useBackend } from "../../backend/context";
import { SearchBox } from "../../components/SearchBox";
import { hasOptions, securityKindWords } from "../../lib/words";
import { FaultNote } from "./FaultNote";
import type { Ticket, TicketState } from "./ticket";
import { instrumentWords } from "./words";

interface Props {
  readonly ticket: Ticket;
  readonly state: TicketState;
  readonly onShowOptions: (conId: number) => void;
}

/** The instrument: searched by symbol or name, then shown with a way to change it and to its options. */
export function InstrumentField({ ticket, state, onShowOptions }: Props) {
  const backend = useBackend();
  const { instrument, instrumentError } = state;
  return (
    <div className="instrument-field">
      {instrument ? (
        <div className="instrument" data-testid="ticket-instrument" data-con-id={instrument.conId}>
          <span>
            <strong>{instrument.label}</strong> <span className="muted">{instrument.name ?? "name not told"}</span>
            <span className="hint block">{instrumentWords(instrument)}</span>
          </span>
          {hasOptions(instrument) && (
            <button type="button" className="quiet" aria-label={`Options of ${instrument.label}`} onClick={() => onShowOptions(instrument.conId)} data-testid="ticket-options">
              Options
            </button>
          )}
          {state.changing === null && (
            <button type="button" className="quiet" onClick={() => ticket.dropInstrument()} data-testid="ticket-instrument-change">
              Change
            </button>
          )}
        </div>
      ) : (
        <SearchBox<MatchView>
          label="Instrument"
          placeholder="Symbol or name"
          testId="ticket-search"
          search={(pattern) => backend.search(pattern)}
          keyOf={(match) => String(match.conId)}
          render={(match) => <MatchLine match={match} />}
          onChoose={(match) => void ticket.choose(match.conId)}
          nothing={(pattern) => `No instrument matches “${pattern}”. Try its symbol or the first word of its name.`}
        />
      )}
      {instrumentError && (
        <p className="fault-note" role="alert" data-testid="ticket-instrument-error">
          {instrumentError.message}
        </p>
      )}
      <FaultNote ticket={ticket} state={state} field="instrument" />
    </div>
  );
}

export function MatchLine({ match }: { readonly match: MatchView }) {
  return (
    <>
      <strong className="match-symbol">{match.symbol}</strong>
      <span className="match-name">{match.name ?? ""}</span>
      <span className="hint">
        {securityKindWords(match.kind)} {match.exchange} {match.currency}
      </span>
    </>
  );
}
