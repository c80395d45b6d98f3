import { useEffect, useState } from "react";
import { asBackendError, type MovesWithView, type SizeFactsView } from "../../backend/backend";
import { useBackend } from "../../backend/context";
import { parseDecimal } from "../../lib/decimal";
import type { UsualRange } from "./size-facts";

/** The answer to a question that is asked once for each key; undefined while there is none. */
function useAnswer<T>(key: string | null, ask: () => Promise<T>, failed: (message: string) => T): T | undefined {
  const [told, setTold] = useState<{ readonly of: string; readonly answer: T } | null>(null);
  useEffect(() => {
    if (key === null) return;
    let late = false;
    const tell = (answer: T) => late || setTold({ of: key, answer });
    ask().then(tell, (thrown: unknown) => tell(failed(asBackendError(thrown).message)));
    return () => {
      late = true;
    };
    // What is asked hangs on the key alone.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [key]);
  return told !== null && told.of === key ? told.answer : undefined;
}

/** With what the account pays; asked anew when its orders may have changed, which `revision` says. */
export function usePays(account: string, revision: string): SizeFactsView | { readonly why: string } {
  const backend = useBackend();
  const told = useAnswer<SizeFactsView | { readonly why: string }>(
    account === "" ? null : `${account} ${revision}`,
    () => backend.sizeFacts(account),
    (why) => ({ why }),
  );
  return told ?? { why: account === "" ? "Choose an account first." : "Asking what the account's orders may cost…" };
}

/** How far the price usually moves; undefined while the risk is not reckoned by it. */
export function useUsualRange(conId: number | null, times: string): UsualRange | undefined {
  const backend = useBackend();
  const told = useAnswer<UsualRange>(
    conId === null ? null : String(conId),
    async () => {
      const { average, days, told: count, at } = await backend.dayRange(conId ?? 0);
      const known = average === null ? null : parseDecimal(average);
      return known ? { average: known, days, times: "", at } : { why: `An average over ${days} days needs more days than the ${count} that are known.` };
    },
    (why) => ({ why }),
  );
  if (conId === null) return undefined;
  if (!told) return { why: "Asking for the days of trading…" };
  return "why" in told ? told : { ...told, times };
}

/** How its price moves with what the account holds most of; null while nobody wants to know. */
export function useMovesWith(account: string, conId: number | null): MovesWithView | { readonly why: string } | null {
  const backend = useBackend();
  const key = account === "" || conId === null ? null : `${account} ${conId}`;
  const told = useAnswer<MovesWithView | { readonly why: string }>(
    key,
    () => backend.movesWith(account, conId ?? 0),
    (why) => ({ why: `What it moves with is not known: ${why}` }),
  );
  return key === null ? null : (told ?? { why: "Asking for half a year of days, to compare it with what is held…" });
}
