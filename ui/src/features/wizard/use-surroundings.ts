import { useCallback, useEffect, useRef, useState } from "react";
import { asBackendError, type Surroundings } from "../../backend/backend";
import { useBackend } from "../../backend/context";

export interface Around {
  readonly found: Surroundings | null;
  readonly looking: boolean;
  readonly error: string | null;
  /** Looks again, at one more port when it is given. */
  readonly look: (port?: number) => void;
}

/** What is on this computer. */
export function useSurroundings(): Around {
  const backend = useBackend();
  const [found, setFound] = useState<Surroundings | null>(null);
  const [looking, setLooking] = useState(true);
  const [error, setError] = useState<string | null>(null);
  const ports = useRef<readonly number[]>([]);
  const look = useCallback(
    (port?: number) => {
      if (port !== undefined) ports.current = [...new Set([...ports.current, port])];
      setLooking(true);
      setError(null);
      backend
        .lookAround(ports.current)
        .then(setFound, (thrown: unknown) => setError(asBackendError(thrown).message))
        .finally(() => setLooking(false));
    },
    [backend],
  );
  useEffect(() => look(), [look]);
  return { found, looking, error, look };
}
