import { useCallback, useEffect, useRef, useState } from "react";
import { asBackendError, type BackendError } from "../../backend/backend";
import { useValue } from "../../lib/value-store";
import { useLive } from "../../live/context";

export type Loaded<T> =
  | { readonly at: "loading" }
  | { readonly at: "there"; readonly value: T }
  | { readonly at: "failed"; readonly error: BackendError };

const LOADING = { at: "loading" } as const;

/** What `load` tells of a key, asked for when the link is up and again when it comes back. What is there already stays until it is told anew. */
export function useLoaded<T>(key: string | null, load: () => Promise<T>, delayMs = 0) {
  const isUp = useValue(useLive().link)?.state === "up";
  const [answer, setAnswer] = useState<{ readonly key: string; readonly loaded: Loaded<T> } | null>(null);
  const [turn, setTurn] = useState(0);
  const ask = useRef(load);
  useEffect(() => {
    ask.current = load;
  });
  useEffect(() => {
    if (key === null || !isUp) return;
    let late = false;
    const timer = setTimeout(async () => {
      try {
        const value = await ask.current();
        if (!late) setAnswer({ key, loaded: { at: "there", value } });
      } catch (thrown) {
        const error = asBackendError(thrown);
        if (!late) setAnswer((before) => (before?.key === key && before.loaded.at === "there" ? before : { key, loaded: { at: "failed", error } }));
      }
    }, delayMs);
    return () => {
      late = true;
      clearTimeout(timer);
    };
  }, [key, turn, isUp, delayMs]);
  const again = useCallback(() => {
    setAnswer(null);
    setTurn((before) => before + 1);
  }, []);
  const loaded: Loaded<T> = key !== null && answer?.key === key ? answer.loaded : LOADING;
  return { loaded, again, isUp };
}
