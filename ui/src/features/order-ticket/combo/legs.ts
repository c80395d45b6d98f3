import { asBackendError, type Backend, type InstrumentView, type LegInput, type MatchView } from "../../../backend/backend";
import { ValueStore } from "../../../lib/value-store";

/** A leg's option as far as it is known: itself, why it could not be read, or nothing yet. */
export type LegKnown = { readonly instrument: InstrumentView } | { readonly error: string };
export type KnownLegs = ReadonlyMap<number, LegKnown>;

/** What a combination may have at most. */
export const MOST_LEGS = 8;

/** The options that the legs of a ticket are on: looked up before they are used, and quoted as long as they are on it. */
export class LegBook {
  readonly known = new ValueStore<KnownLegs>(new Map());
  readonly #backend: Backend;
  readonly #onKnown: () => void;
  #followed: readonly number[] = [];
  readonly #watched = new Set<number>();

  /** `onKnown` is told when an option that is followed has become known. */
  constructor(backend: Backend, onKnown: () => void) {
    this.#backend = backend;
    this.#onKnown = onKnown;
  }

  /** Follows these legs and no others. */
  follow(legs: readonly LegInput[]): void {
    this.#followed = legs.map(({ conId }) => conId);
    for (const conId of this.#watched) {
      if (this.#followed.includes(conId)) continue;
      this.#watched.delete(conId);
      this.#backend.unwatch(conId).catch(() => undefined);
    }
    for (const conId of this.#followed) {
      const known = this.known.get().get(conId);
      if (!known) void this.#lookUp(conId);
      else if ("instrument" in known) this.#watch(conId);
    }
  }

  /** Looks the legs up again: a program that has just started does not know them yet. */
  async resume(legs: readonly LegInput[]): Promise<void> {
    this.#followed = legs.map(({ conId }) => conId);
    await Promise.all(this.#followed.map((conId) => this.#lookUp(conId)));
  }

  /** The option behind a search's match; throws a sentence when it can't be a leg beside the others. */
  async read(match: Pick<MatchView, "conId">): Promise<InstrumentView> {
    const instrument = await this.#backend.instrument(match.conId);
    this.take([instrument]);
    return instrument;
  }

  /** Takes options that were looked up elsewhere. */
  take(instruments: readonly InstrumentView[]): void {
    this.known.set(new Map([...this.known.get(), ...instruments.map((instrument) => [instrument.conId, { instrument }] as const)]));
  }

  async #lookUp(conId: number): Promise<void> {
    try {
      this.take([await this.#backend.instrument(conId)]);
      if (!this.#followed.includes(conId)) return;
      this.#watch(conId);
      this.#onKnown();
    } catch (thrown) {
      this.known.set(new Map([...this.known.get(), [conId, { error: asBackendError(thrown).message }]]));
    }
  }

  #watch(conId: number): void {
    if (this.#watched.has(conId)) return;
    this.#watched.add(conId);
    // A quote that can't be had shows as unknown, with the broker's reason beside it.
    this.#backend.watch(conId).catch(() => undefined);
  }
}

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
  if (first && first.symbol !== option.symbol) return `${option.label} is on another underlying than ${first.label}.`;
  return null;
}
