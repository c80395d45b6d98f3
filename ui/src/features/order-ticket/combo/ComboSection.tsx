import { useRef, useState } from "react";
import { asBackendError, type LegInput, type MatchView } from "../../../backend/backend";
import { useBackend } from "../../../backend/context";
import { SearchBox } from "../../../components/SearchBox";
import { instrumentOf, MOST_LEGS, refusalOf, sharesOf } from "../../../lib/combo/known";
import { comboName } from "../../../lib/combo/strategy";
import { useValue } from "../../../lib/value-store";
import { FaultNote } from "../FaultNote";
import { MatchLine } from "../InstrumentField";
import type { Ticket, TicketState } from "../ticket";
import { ComboPrice } from "./ComboPrice";
import { LegLine } from "./LegLine";
import { NamedForm } from "./NamedForm";

// What an option on a stock is for, as long as none is known.
const SHARES = 100;

interface Props {
  readonly ticket: Ticket;
  readonly state: TicketState;
  /** The symbol that a named strategy begins with. */
  readonly underlying: string;
}

/** The legs of a combination: what is done with each, what it is called together, and what it costs. */
export function ComboSection({ ticket, state, underlying }: Props) {
  const backend = useBackend();
  const known = useValue(ticket.legs.known);
  const [refused, setRefused] = useState<string | null>(null);
  const [names, setNames] = useState(false);
  const section = useRef<HTMLElement>(null);
  const { legs, intent } = state.draft;
  const fixed = state.changing !== null;
  // What comes back late must not land on another order.
  const isSame = (): boolean => ticket.state.get().draft.intent === intent;
  const put = (next: readonly LegInput[]) => {
    setRefused(null);
    ticket.combine(next);
  };
  const add = async (match: MatchView) => {
    setRefused(null);
    try {
      const found = await ticket.legs.read(match);
      if (!isSame()) return;
      const now = ticket.state.get().draft.legs;
      const refusal = refusalOf(found, now, ticket.legs.known.get());
      if (refusal) setRefused(refusal);
      else ticket.combine([...now, { conId: found.conId, side: "buy", ratio: found.kind === "stock" ? (sharesOf(now, ticket.legs.known.get()) ?? SHARES) : 1 }]);
    } catch (thrown) {
      if (isSame()) setRefused(asBackendError(thrown).message);
    }
  };
  const remove = (conId: number) => {
    put(legs.filter((leg) => leg.conId !== conId));
    section.current?.focus();
  };
  const first = instrumentOf(known, legs[0]?.conId ?? 0);
  return (
    <section ref={section} tabIndex={-1} className="combo" aria-label="Combination" data-testid="combo">
      {legs.length > 0 && (
        <>
          <h3 className="combo-name" data-testid="combo-name" aria-live="polite">
            {first && <span className="muted">{first.symbol} </span>}
            {comboName(legs, known)}
          </h3>
          <ul className="legs" aria-label="Legs">
            {legs.map((leg, i) => (
              <LegLine
                key={leg.conId}
                leg={leg}
                known={known.get(leg.conId)}
                fixed={fixed}
                onChange={(patch) => put(legs.map((one, at) => (at === i ? { ...one, ...patch } : one)))}
                onRemove={() => remove(leg.conId)}
              />
            ))}
          </ul>
        </>
      )}
      {fixed && (
        <p className="hint block" data-testid="combo-fixed">
          A change keeps the legs as they are. For others, cancel the order and make a new one.
        </p>
      )}
      {!fixed && (
        <div className="combo-adding">
          {legs.length < MOST_LEGS && (
            <SearchBox<MatchView>
              label="Add leg"
              placeholder="AAPL 20261218 180 C"
              testId="combo-search"
              search={(pattern) => backend.search(pattern)}
              keyOf={(match) => String(match.conId)}
              render={(match) => <MatchLine match={match} />}
              onChoose={(match) => void add(match)}
              nothing={(pattern) => `There is no option “${pattern}”. Type underlying, expiry, strike and C or P, AAPL 20261218 180 C, or a symbol for the stock itself.`}
            />
          )}
          <button type="button" className="small combo-by-name" aria-expanded={names} onClick={() => setNames(!names)} data-testid="combo-by-name">
            By name
          </button>
        </div>
      )}
      {refused && (
        <p className="fault-note" role="alert" data-testid="combo-refused">
          {refused}
        </p>
      )}
      {names && (
        <NamedForm
          plans={state.catalogue?.strategies ?? []}
          underlying={first?.symbol ?? underlying}
          onFound={(found) => {
            if (!isSame()) return;
            ticket.legs.take(found.instruments);
            put(found.legs);
            setNames(false);
            section.current?.focus();
          }}
        />
      )}
      {legs.length > 0 && <ComboPrice ticket={ticket} state={state} known={known} />}
      {/* One leg is a beginning, not yet a mistake. */}
      {(legs.length > 1 || (state.stage.at === "editing" && state.stage.outcome?.type === "faulty")) && <FaultNote ticket={ticket} state={state} field="legs" />}
      <FaultNote ticket={ticket} state={state} field="instrument" />
    </section>
  );
}
