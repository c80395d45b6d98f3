import type { Backend, MatchView } from "../backend/backend";
import type { Command } from "./commands";

export type PaletteItem =
  | { readonly kind: "command"; readonly command: Command }
  | { readonly kind: "instrument"; readonly match: MatchView };

/** Commands whose title holds every word typed, then instruments. A gateway that is away costs only the instruments. */
export async function findInPalette(commands: readonly Command[], backend: Backend, pattern: string): Promise<readonly PaletteItem[]> {
  const words = pattern.toLowerCase().split(/\s+/);
  const hits = commands
    .filter(({ id, title }) => id !== "palette" && words.every((word) => title.toLowerCase().includes(word)))
    .map((command): PaletteItem => ({ kind: "command", command }));
  try {
    const matches = await backend.search(pattern);
    return [...hits, ...matches.map((match): PaletteItem => ({ kind: "instrument", match }))];
  } catch (thrown) {
    if (hits.length === 0) throw thrown;
    return hits;
  }
}
