// What is known of the legs of a combination.
import type { InstrumentView, LegInput } from "../../backend/backend";
import { adjustedWords } from "../words";

/** A leg's option as far as it is known: itself, why it could not be read, or nothing yet. */
export type LegKnown = { readonly instrument: InstrumentView } | { readonly error: string };
export type KnownLegs = ReadonlyMap<number, LegKnown>;

/** What a combination may have at most. */
export const MOST_LEGS = 8;

export function instrumentOf(known: KnownLegs, conId: number): InstrumentView | null {
  const leg = known.get(conId);
  return leg && "instrument" in leg ? leg.instrument : null;
}

/** How many shares stand beside one option; null while no option of the legs is known. */
export function sharesOf(legs: readonly LegInput[], known: KnownLegs): number | null {
  const option = legs.map(({ conId }) => instrumentOf(known, conId)).find((one) => one?.kind === "option");
  return option ? Number(option.multiplier) : null;
}

/** How often a leg's price counts in that of the combination, which is by the share; a sentence when that is not known. */
export function weightOf({ conId, ratio }: LegInput, legs: readonly LegInput[], known: KnownLegs): number | string {
  if (instrumentOf(known, conId)?.kind !== "stock") return ratio;
  const shares = sharesOf(legs, known);
  return ratio === shares ? 1 : `The price is known for ${shares ?? "as many"} shares beside an option`;
}

/** Why the option or stock can't stand beside these legs; null when it can. */
export function refusalOf(option: InstrumentView, legs: readonly LegInput[], known: KnownLegs): string | null {
  if (option.kind !== "option" && option.kind !== "stock") return `${option.label} is neither an option nor a stock. A combination here is made of options and their stock.`;
  if (legs.some(({ conId }) => conId === option.conId)) return `${option.label} is in it already.`;
  if (legs.length >= MOST_LEGS) return `A combination has at most ${MOST_LEGS} legs.`;
  const first = instrumentOf(known, legs[0]?.conId ?? 0);
  const adjusted = [first, option].find((one) => one?.adjusted);
  if (first && adjusted) return `${adjusted.label} ${adjustedWords(adjusted.multiplier)}. What it delivers is not known, so it is ordered by itself.`;
  if (first && first.symbol !== option.symbol) return `${option.label} is on another underlying than ${first.label}.`;
  return null;
}
