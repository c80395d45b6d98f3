import { useCallback, useEffect, useState } from "react";
import { asBackendError, type Backend, type BackendError } from "../../backend/backend";
import { useBackend } from "../../backend/context";
import { Newest } from "../../lib/newest";
import { useValue } from "../../lib/value-store";
import { useLive } from "../../live/context";

// Shorter than one notices, longer than a turn of the wheel.
const SETTLE_MS = 150;

// Of the program, not of a screen: what is said on leaving must not overtake what is said on coming back.
const tellers = new WeakMap<Backend, Newest<readonly number[]>>();

function tellerOf(backend: Backend): Newest<readonly number[]> {
  const known = tellers.get(backend);
  if (known) return known;
  const made = new Newest((conIds: readonly number[]) => backend.showOptions(conIds));
  tellers.set(backend, made);
  return made;
}

/**
 * Says which options are in sight once the table rests, and that none are when it is left. What
 * keeps it from being said, and how to say it again.
 */
export function useShownOptions(conIds: readonly number[]): { readonly unsaid: BackendError | null; readonly sayAgain: () => void } {
  const backend = useBackend();
  const isUp = useValue(useLive().link)?.state === "up";
  const [unsaid, setUnsaid] = useState<BackendError | null>(null);
  const [turn, setTurn] = useState(0);
  const names = conIds.join(" ");
  useEffect(() => {
    if (!isUp) return;
    const wanted = names === "" ? [] : names.split(" ").map(Number);
    const say = async () => {
      try {
        if (await tellerOf(backend).tell(wanted)) setUnsaid(null);
      } catch (thrown) {
        setUnsaid(asBackendError(thrown));
      }
    };
    const timer = setTimeout(() => void say(), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [backend, names, isUp, turn]);
  // Nobody is left to hear of a failure.
  useEffect(() => () => void tellerOf(backend).tell([]).catch(() => undefined), [backend]);
  const sayAgain = useCallback(() => setTurn((before) => before + 1), []);
  return { unsaid, sayAgain };
}
