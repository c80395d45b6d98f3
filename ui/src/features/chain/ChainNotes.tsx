import { useSyncExternalStore } from "react";
import type { QuoteView } from "../../backend/backend";
import { useLive } from "../../live/context";

/** Says once when the options on show are delayed, frozen or refused. */
export function ChainNotes({ conIds }: { readonly conIds: readonly number[] }) {
  const { quotes } = useLive();
  const says = useSyncExternalStore(quotes.subscribeAll, () => notesOf(conIds.flatMap((conId) => quotes.get(String(conId)) ?? [])));
  return (
    <div role="status" data-testid="chain-note">
      {says !== "" && <p className="chain-note">{says}</p>}
    </div>
  );
}

function notesOf(mine: readonly QuoteView[]): string {
  const refused = mine.filter((quote) => quote.refused !== null);
  const sources = new Set(mine.flatMap(({ bid, ask, last }) => [bid.source, ask.source, last.source]));
  const says: string[] = [];
  if (refused.length > 0) says.push(`The gateway refuses the quotes of ${refused.length} of the options in sight: ${refused[0]?.refused ?? ""}`);
  if (sources.has("delayed") || sources.has("delayedFrozen")) says.push("Quotes marked D are delayed by about 15 minutes: this login has no live subscription for these options. Ask the broker for one before you trade on them.");
  else if (sources.has("frozen")) says.push("Quotes marked F are frozen: the last before the market closed.");
  return says.join(" ");
}
