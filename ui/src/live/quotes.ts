import { useCallback, useContext, useRef, useSyncExternalStore } from "react";
import type { QuoteView } from "../backend/backend";
import { RegionContext, useLive } from "./context";

type Quotes = readonly (QuoteView | undefined)[];

/** The quotes of several contracts, in their order; re-renders when one of them changes. */
export function useQuotes(conIds: readonly number[]): Quotes {
  const { quotes } = useLive();
  const region = useContext(RegionContext);
  const last = useRef<Quotes>([]);
  const names = conIds.join(" ");
  const subscribe = useCallback(
    (listener: () => void) => {
      const stops = names.split(" ").map((conId) => quotes.subscribe(conId, listener, undefined, region));
      return () => {
        for (const stop of stops) stop();
      };
    },
    [quotes, names, region],
  );
  return useSyncExternalStore(subscribe, () => {
    const now = conIds.map((conId) => quotes.get(String(conId)));
    if (now.length !== last.current.length || now.some((quote, i) => quote !== last.current[i])) last.current = now;
    return last.current;
  });
}
