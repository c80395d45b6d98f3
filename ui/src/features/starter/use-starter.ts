import { useCallback, useEffect, useState } from "react";
import { asBackendError, type StarterDraft, type StarterFault, type StarterView } from "../../backend/backend";
import { useBackend } from "../../backend/context";
import { useAsked } from "../../lib/use-asked";

/** How often a gateway that was started is looked at, in milliseconds. */
const LOOK_MS = 2000;
const NO_FAULTS: readonly StarterFault[] = [];

/** IBC as it stands, and what is done with it; looked at anew when a secret was stored or deleted. */
export function useStarter(secrets: number, onSecret: () => void) {
  const backend = useBackend();
  const [view, setView] = useState<StarterView | null>(null);
  const { ask, busy, error, setError } = useAsked();
  const isRunning = view?.run.type === "running";

  const look = useCallback(() => {
    backend.starter().then(setView, (thrown: unknown) => setError(asBackendError(thrown).message));
  }, [backend]);
  useEffect(look, [look, secrets]);
  useEffect(() => {
    if (!isRunning) return;
    const timer = window.setInterval(look, LOOK_MS);
    return () => window.clearInterval(timer);
  }, [isRunning, look]);

  const take = async (asked: Promise<StarterView>): Promise<boolean> => {
    const next = await ask(asked);
    if (next) setView(next);
    return next !== null;
  };

  const secret = async (asked: Promise<StarterView>): Promise<boolean> => {
    const done = await take(asked);
    if (done) onSecret();
    return done;
  };

  return {
    view,
    error,
    busy,
    look: () => {
      setError(null);
      look();
    },
    /** Keeps what was chosen; returns what can't be of it, or null when it could not be asked. */
    keep: async (draft: StarterDraft): Promise<readonly StarterFault[] | null> => {
      const outcome = await ask(backend.keepStarter(draft));
      if (outcome?.type === "faulty") return outcome.faults;
      if (outcome) setView(outcome.view);
      return outcome ? NO_FAULTS : null;
    },
    keepPassword: (password: string) => secret(backend.keepGatewayPassword(password)),
    forgetPassword: () => secret(backend.forgetGatewayPassword()),
    start: () => take(backend.startGateway()),
    stop: () => take(backend.stopGateway()),
  };
}
