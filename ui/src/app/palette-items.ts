import type { Backend, MatchView } from "../backend/backend";
import { hasOptions } from "../lib/words";
import type { Command } from "./commands";

export type PaletteItem =
  | { readonly kind: "command"; readonly command: Command }
  | { readonly kind: "instrument"; readonly match: MatchView }
  | { readonly kind: "options"; readonly match: MatchView };

const OPTIONS_OF = /^options?\s+(?:of\s+)?(\S.*)$/i;

/** Commands whose title holds every word typed, then instruments; "options of AAPL" finds their chains. A gateway that is away costs only the instruments. */
export async function findInPalette(commands: readonly Command[], backend: Backend, pattern: string): Promise<readonly PaletteItem[]> {
  const words = pattern.toLowerCase().split(/\s+/);
  const hits = commands
    .filter(({ id, title }) => id !== "palette" && words.every((word) => title.toLowerCase().includes(word)))
    .map((command): PaletteItem => ({ kind: "command", command }));
  try {
    const of = OPTIONS_OF.exec(pattern.trim())?.[1];
    const matches = await backend.search(of ?? pattern);
    if (of !== undefined) return [...hits, ...matches.filter(hasOptions).map((match): PaletteItem => ({ kind: "options", match }))];
    return [...hits, ...matches.map((match): PaletteItem => ({ kind: "instrument", match }))];
  } catch (thrown) {
    if (hits.length === 0) throw thrown;
    return hits;
  }
}
