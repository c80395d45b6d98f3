import { useEffect, useState } from "react";
import { asBackendError, type InstrumentView, type MatchView } from "../../backend/backend";
import { useBackend } from "../../backend/context";
import { SearchBox } from "../../components/SearchBox";
import { MatchLine } from "./InstrumentField";
import type { Ticket } from "./ticket";

interface Props {
  readonly ticket: Ticket;
  readonly conId: number | null;
  readonly onChoose: (conId: number | null) => void;
  readonly testId: string;
}

/** The instrument that a condition looks at; it is looked up so that the program knows it. */
export function ConditionInstrument({ ticket, conId, onChoose, testId }: Props) {
  const backend = useBackend();
  const [found, setFound] = useState<InstrumentView | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  useEffect(() => {
    if (conId === null) return;
    let late = false;
    backend
      .instrument(conId)
      .then((instrument) => {
        if (late) return;
        setFound(instrument);
        setFault(null);
        ticket.recheck();
      })
      .catch((thrown: unknown) => {
        if (!late) setFault(asBackendError(thrown).message);
      });
    return () => {
      late = true;
    };
  }, [backend, conId, ticket]);
  if (conId === null) {
    return (
      <SearchBox<MatchView>
        label="of"
        placeholder="Symbol or name"
        testId={`${testId}-search`}
        search={(pattern) => backend.search(pattern)}
        keyOf={(match) => String(match.conId)}
        render={(match) => <MatchLine match={match} />}
        onChoose={(match) => onChoose(match.conId)}
        nothing={(pattern) => `No instrument matches “${pattern}”.`}
      />
    );
  }
  return (
    <p className="condition-head" data-testid={testId} data-con-id={conId}>
      <span>
        of <strong>{found?.conId === conId ? found.label : "…"}</strong>
        {fault && <span className="fault-note">{fault}</span>}
      </span>
      <button type="button" className="quiet small" onClick={() => onChoose(null)} data-testid={`${testId}-change`}>
        Another
      </button>
    </p>
  );
}
