import { asBackendError, type Backend, type InstrumentView, type LegInput, type MatchView } from "../../../backend/backend";
import type { KnownLegs } from "../../../lib/combo/known";
import { ValueStore } from "../../../lib/value-store";

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
