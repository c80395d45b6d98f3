import { useEffect, useState } from "react";
import { asBackendError, type ConnectionChoice, type ConnectionView } from "../../backend/backend";
import { useBackend } from "../../backend/context";
import { Choice } from "../../components/Choice";
import { Face } from "../../components/Face";
import { takesEffectLater, underWhichId } from "./connection-words";

const OPTIONS = [
  { value: "look", label: "Look only", testId: "tws-orders-look" },
  { value: "take", label: "Take over, so that they can be changed and cancelled here", testId: "tws-orders-take" },
] as const;

/** What is done with orders that the person made by hand in TWS, and under which client id. */
export function ConnectionSettings() {
  const backend = useBackend();
  const [view, setView] = useState<ConnectionView | null>(null);
  const [error, setError] = useState<string | null>(null);
  useEffect(() => {
    backend.connection().then(setView, (thrown: unknown) => setError(asBackendError(thrown).message));
  }, [backend]);
  if (!view) return error ? <Face kind="broken" title="Gatehouse can't say how it connects.">{error}</Face> : <Face kind="loading" title="Asking how it connects." />;
  const { choice } = view;
  const choose = (patch: Partial<ConnectionChoice>) => {
    setError(null);
    backend.chooseConnection({ ...choice, ...patch }).then(setView, (thrown: unknown) => setError(asBackendError(thrown).message));
  };
  const needsZero = choice.takeOver && view.nextClientId !== 0;
  return (
    <section aria-labelledby="settings-connection">
      <h2 id="settings-connection">Connection</h2>
      <Choice
        label="Orders made in TWS"
        options={OPTIONS}
        value={choice.takeOver ? "take" : "look"}
        onChange={(next) => choose({ takeOver: next === "take" })}
        wide
        testId="settings-tws-orders"
      />
      <p className={needsZero ? "setting-note" : "hint block"} role="status" data-testid="connection-id-says">{underWhichId(view)}</p>
      {!view.clientIdFixed && (needsZero || choice.asClientZero) && (
        <div className="row">
          <button type="button" onClick={() => choose({ asClientZero: !choice.asClientZero })} data-testid="connection-id-switch">
            {choice.asClientZero ? `Go back to client id ${view.usualClientId}` : "Use client id 0"}
          </button>
        </div>
      )}
      {takesEffectLater(view) && (
        <p className="setting-note" data-testid="connection-later">From the next connection on: start Gatehouse anew. The connection that is up goes on as it is.</p>
      )}
      {error && <p className="fault-note" role="alert" data-testid="connection-error">{error}</p>}
    </section>
  );
}
