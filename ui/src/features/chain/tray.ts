import type { InstrumentView, LegInput, Side } from "../../backend/backend";
import { type KnownLegs, refusalOf } from "../../lib/combo/known";
import { ValueStore } from "../../lib/value-store";

/** A leg with its option. */
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
}

/** Legs picked from the chain, before they go to the ticket. Orders nothing. */
export class Tray {
  readonly legs = new ValueStore<readonly TrayLeg[]>([]);
  /** Why the last pick was not taken. */
  readonly refusal = new ValueStore<string | null>(null);

  /** Adds one of an option; one that is in it the other way round is turned. */
  pick(instrument: InstrumentView, side: Side): void {
    const { conId } = instrument;
    const legs = this.legs.get();
    if (legs.some((leg) => leg.conId === conId && leg.side !== side)) return this.change(conId, { side });
    const refusal = refusalOf(instrument, legs, knownOf(legs));
    this.refusal.set(refusal);
    if (refusal === null) this.legs.set([...legs, { conId, side, ratio: 1, instrument }]);
  }

  change(conId: number, patch: Partial<Pick<LegInput, "side" | "ratio">>): void {
    this.refusal.set(null);
    this.legs.set(this.legs.get().map((leg) => (leg.conId === conId ? { ...leg, ...patch } : leg)));
  }

  remove(conId: number): void {
    this.refusal.set(null);
    this.legs.set(this.legs.get().filter((leg) => leg.conId !== conId));
  }

  clear(): void {
    this.refusal.set(null);
    this.legs.set([]);
  }
}

export function knownOf(legs: readonly TrayLeg[]): KnownLegs {
  return new Map(legs.map(({ conId, instrument }) => [conId, { instrument }]));
}

/** The legs alone. */
export function plainLegs(legs: readonly TrayLeg[]): readonly LegInput[] {
  return legs.map(({ conId, side, ratio }) => ({ conId, side, ratio }));
}
