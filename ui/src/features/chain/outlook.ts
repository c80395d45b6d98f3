import { useEffect, useState } from "react";
import { asBackendError, type ChainOutlookView, type ExpiryOutlookView } from "../../backend/backend";
import { useBackend } from "../../backend/context";
import { useValue } from "../../lib/value-store";
import { useLive } from "../../live/context";

// It is reckoned from quotes that are here already; no request goes out.
const EVERY_MS = 2000;

/** What a chain's prices say, asked for again and again while it is on the screen. */
export function useOutlook(conId: number | null, tradingClass: string | null, leastDelta: string): ChainOutlookView | null {
  const backend = useBackend();
  const isUp = useValue(useLive().link)?.state === "up";
  const [outlook, setOutlook] = useState<ChainOutlookView | null>(null);
  useEffect(() => {
    if (conId === null || tradingClass === null || !isUp) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let over = false;
    const ask = async () => {
      try {
        const told = await backend.chainOutlook({ conId, tradingClass, leastDelta });
        if (!over) setOutlook((before) => (JSON.stringify(before) === JSON.stringify(told) ? before : told));
      } catch {
        // What is not told shows as unknown; the chain itself says when it can't be had.
        if (!over) setOutlook(null);
      }
      if (!over) timer = setTimeout(() => void ask(), EVERY_MS);
    };
    void ask();
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [backend, conId, tradingClass, leastDelta, isUp]);
  return outlook?.conId === conId && outlook.tradingClass === tradingClass ? outlook : null;
}

/** Has the year of implied volatility come that its rank needs; says why there is none. */
export function useVolatilityHistory(conId: number | null): string | null {
  const backend = useBackend();
  const isUp = useValue(useLive().link)?.state === "up";
  const [refused, setRefused] = useState<{ readonly conId: number; readonly why: string } | null>(null);
  useEffect(() => {
    if (conId === null || !isUp) return;
    backend.volatilityHistory(conId).then(
      () => setRefused(null),
      (thrown: unknown) => setRefused({ conId, why: asBackendError(thrown).message }),
    );
  }, [backend, conId, isUp]);
  return refused?.conId === conId ? refused.why : null;
}

export function outlookOf(outlook: ChainOutlookView | null, expiry: string): ExpiryOutlookView | null {
  return outlook?.expiries.find((one) => one.expiry === expiry) ?? null;
}
