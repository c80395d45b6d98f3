import { asBackendError, type Backend, type MatchView } from "../../backend/backend";
import type { Live } from "../../live/live";

/** What a symbol was found to be. */
export type Found = { readonly conId: number } | { readonly choices: readonly MatchView[] } | { readonly fault: string };

/** The stock that is held by this symbol, when there is just one. */
export function heldAs(live: Live, symbol: string): number | null {
  const held = live.positions.values().filter(({ instrument }) => instrument.kind === "stock" && instrument.symbol.toUpperCase() === symbol);
  const conIds = new Set(held.map(({ instrument }) => instrument.conId));
  return conIds.size === 1 ? ([...conIds][0] ?? null) : null;
}

/** Searches for a symbol: one stock by just that name is taken, of several the one in this currency, else the person chooses. */
export async function find(backend: Backend, symbol: string, currency: string | null): Promise<Found> {
  try {
    const matches = await backend.search(symbol);
    const exact = matches.filter(({ kind, symbol: of }) => kind === "stock" && of.toUpperCase() === symbol);
    const here = exact.filter((match) => match.currency === currency);
    const [only] = exact.length === 1 ? exact : here.length === 1 ? here : [];
    return only ? { conId: only.conId } : { choices: exact };
  } catch (thrown) {
    return { fault: asBackendError(thrown).message };
  }
}

const PATIENCE_MS = 4000;

/** Waits until every one of them has a price, but not for ever: what has none is said by the plan. */
export function priced(live: Live, conIds: readonly number[]): Promise<void> {
  const missing = () => conIds.some((conId) => {
    const quote = live.quotes.get(String(conId));
    return !quote || (quote.refused === null && quote.last.value === null && quote.bid.value === null);
  });
  return new Promise((resolve) => {
    if (!missing()) return resolve();
    const end = () => {
      leave();
      clearTimeout(late);
      resolve();
    };
    const leave = live.quotes.subscribeAll(() => missing() || end());
    const late = setTimeout(end, PATIENCE_MS);
  });
}
