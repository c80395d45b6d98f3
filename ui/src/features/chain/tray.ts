import type { InstrumentView, LegInput, Side, PlannedLeg } from "../../backend/backend";
import { type KnownLegs, refusalOf, sharesOf } from "../../lib/combo/known";
import { ValueStore } from "../../lib/value-store";
import { Supposed } from "./supposed";

/** A leg with its option, or with its stock. */
export interface TrayLeg extends LegInput {
  readonly instrument: InstrumentView;
}

/** What goes from the tray to the order ticket. */
export interface TrayOrder {
  readonly legs: readonly LegInput[];
  readonly instruments: readonly InstrumentView[];
  readonly side: Side;
  /** Empty to leave it to the person. */
  readonly limitPrice: string;
  /** Empty to leave it to the person. */
  readonly quantity: string;
  /** Null for the one that is on show. */
  readonly account: string | null;
}

/** What the legs were made for, when that says how many and in which account. */
export interface TrayAim {
  readonly account: string;
  readonly quantity: string;
  /** The held strategy that they roll as a whole, by its name. */
  readonly rolls: string | null;
}

/** Legs picked from the chain or by a strategy's name, before they go to the ticket. Orders nothing. */
export class Tray {
  readonly legs = new ValueStore<readonly TrayLeg[]>([]);
  /** Why the last pick was not taken. */
  readonly refusal = new ValueStore<string | null>(null);
  readonly aim = new ValueStore<TrayAim | null>(null);
  /** What the payoff is seen with; it goes to no ticket. */
  readonly supposed = new Supposed();

  /** Adds one of an option, or the shares beside one; one that is in it the other way round is turned. */
  pick(instrument: InstrumentView, side: Side): void {
    const { conId } = instrument;
    const legs = this.legs.get();
    if (legs.some((leg) => leg.conId === conId && leg.side !== side)) return this.change(conId, { side });
    const refusal = refusalOf(instrument, legs, knownOf(legs));
    const ratio = instrument.kind === "stock" ? (sharesOf(legs, knownOf(legs)) ?? 100) : 1;
    if (refusal === null) this.#put([...legs, { conId, side, ratio, instrument }]);
    this.refusal.set(refusal);
  }

  /** These legs instead of all others. */
  fill(legs: readonly PlannedLeg[], aim: TrayAim | null): void {
    this.#put(legs.map(({ side, ratio, instrument }) => ({ conId: instrument.conId, side, ratio, instrument })));
    this.supposed.only(legs.map(({ instrument }) => instrument.conId));
    this.aim.set(aim);
  }

  /** The leg at another strike. */
  move(conId: number, instrument: InstrumentView): void {
    const legs = this.legs.get();
    if (conId === instrument.conId) return;
    if (legs.some((leg) => leg.conId === instrument.conId)) return this.refusal.set(`${instrument.label} is in it already.`);
    this.refusal.set(null);
    this.legs.set(legs.map((leg) => (leg.conId === conId ? { ...leg, conId: instrument.conId, instrument } : leg)));
  }

  change(conId: number, patch: Partial<Pick<LegInput, "side" | "ratio">>): void {
    this.#put(this.legs.get().map((leg) => (leg.conId === conId ? { ...leg, ...patch } : leg)));
  }

  /** Every leg the other way round. */
  turn(): void {
    this.#put(this.legs.get().map((leg) => ({ ...leg, side: leg.side === "buy" ? "sell" : "buy" })));
  }

  remove(conId: number): void {
    this.#put(this.legs.get().filter((leg) => leg.conId !== conId));
    this.supposed.suppose(conId, null);
  }

  clear(): void {
    this.#put([]);
    this.supposed.only([]);
    this.supposed.dates.set([]);
  }

  #put(legs: readonly TrayLeg[]): void {
    this.refusal.set(null);
    this.aim.set(null);
    this.legs.set(legs);
  }
}

export function knownOf(legs: readonly TrayLeg[]): KnownLegs {
  return new Map(legs.map(({ conId, instrument }) => [conId, { instrument }]));
}

/** The legs alone. */
export function plainLegs(legs: readonly TrayLeg[]): readonly LegInput[] {
  return legs.map(({ conId, side, ratio }) => ({ conId, side, ratio }));
}

/** The legs without their strikes: what two of a kind have in common. */
export function shapeOf(legs: readonly (Pick<LegInput, "side" | "ratio"> & { readonly instrument: InstrumentView })[]): string {
  return legs.map(({ side, ratio, instrument }) => `${side} ${ratio} ${instrument.right ?? instrument.kind}`).toSorted().join(", ");
}
