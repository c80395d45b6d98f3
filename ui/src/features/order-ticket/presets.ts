import type { DraftInput, ExitsInput, InstrumentView, SecurityKind } from "../../backend/backend";
import type { Decimal } from "../../lib/decimal";
import { keep, readKept } from "../../lib/kept";
import { among, flag, listOf, record, soundly, text, whole } from "../../lib/reading";
import { ValueStore } from "../../lib/value-store";
import { securityKindWords } from "../../lib/words";
import { type Aim, type Aims, BY_PRICE, NO_EXITS, steady } from "./aims";
import { aim, KINDS, ORDER_TYPES, TIFS } from "./kept-ticket";

/** What a new ticket begins with. No price is in it: exits are distances. */
export interface Preset {
  readonly quantity: string;
  readonly orderType: DraftInput["orderType"];
  readonly tif: DraftInput["tif"];
  readonly exits: PresetExits | null;
}

export type PresetExits = Pick<ExitsInput, "withStop" | "stopKind" | "trail" | "trailUnit" | "untilCancelled"> & { readonly aims: Aims };

/** What a preset is for: an instrument, a kind of instruments, or a name of the person's own. */
export type PresetFor = { readonly of: "symbol"; readonly conId: number; readonly label: string } | { readonly of: "kind"; readonly kind: SecurityKind } | { readonly of: "template"; readonly name: string };

export interface KeptPreset {
  readonly on: PresetFor;
  readonly preset: Preset;
}

const NAME = "presets.1";

function exitsOf(value: unknown): PresetExits | null {
  if (value === null) return null;
  const it = record(value);
  const aims = record(it.aims);
  return {
    withStop: flag(it.withStop),
    stopKind: among(["stop", "stopLimit", "trail"], it.stopKind),
    trail: text(it.trail),
    trailUnit: among(["amount", "percent"], it.trailUnit),
    untilCancelled: flag(it.untilCancelled),
    aims: { takeProfit: aim(aims.takeProfit), stop: aim(aims.stop) },
  };
}

function purposeOf(value: unknown): PresetFor {
  const it = record(value);
  const of = among(["symbol", "kind", "template"], it.of);
  if (of === "symbol") return { of, conId: whole(it.conId), label: text(it.label) };
  return of === "kind" ? { of, kind: among(KINDS, it.kind) } : { of, name: text(it.name) };
}

/** Reads kept presets; null when they are none. */
export function acceptPresets(value: unknown): readonly KeptPreset[] | null {
  return soundly(value, (all) =>
    listOf(all, (one) => {
      const it = record(one);
      const preset = record(it.preset);
      return { on: purposeOf(it.on), preset: { quantity: text(preset.quantity), orderType: among(ORDER_TYPES, preset.orderType), tif: among(TIFS, preset.tif), exits: exitsOf(preset.exits) } };
    }),
  );
}

/** The person's presets. */
export class Presets {
  readonly list = new ValueStore<readonly KeptPreset[]>(readKept(NAME, acceptPresets) ?? []);

  /** Takes the place of one for the same. */
  save(on: PresetFor, preset: Preset): void {
    this.#put([...this.list.get().filter((kept) => keyOf(kept.on) !== keyOf(on)), { on, preset }]);
  }

  remove(on: PresetFor): void {
    this.#put(this.list.get().filter((kept) => keyOf(kept.on) !== keyOf(on)));
  }

  /** The instrument's own, else its kind's. */
  findFor({ conId, kind }: InstrumentView): KeptPreset | null {
    const all = this.list.get();
    return all.find(({ on }) => on.of === "symbol" && on.conId === conId) ?? all.find(({ on }) => on.of === "kind" && on.kind === kind) ?? null;
  }

  #put(list: readonly KeptPreset[]): void {
    this.list.set(list);
    keep(NAME, list);
  }
}

export function keyOf(on: PresetFor): string {
  return on.of === "symbol" ? `symbol ${on.conId}` : on.of === "kind" ? `kind ${on.kind}` : `template ${on.name}`;
}

export function purposeWords(on: PresetFor): string {
  return on.of === "symbol" ? on.label : on.of === "kind" ? `${securityKindWords(on.kind)}: all` : on.name;
}

/** What of a ticket can be kept for others: an exit by price becomes its distance in percent. */
export function presetOf(draft: DraftInput, aims: Aims, entry: Decimal | null, instrument: InstrumentView | null): Preset {
  const { exits, orderType, tif, quantity } = draft;
  const distance = (leg: keyof Aims): Aim => (aims[leg].unit === "price" ? steady(leg, "percent", draft, entry, instrument) : aims[leg]);
  return {
    quantity: quantity.trim(),
    orderType,
    // A moment is not kept, so neither is what needs one.
    tif: tif === "gtd" ? "day" : tif,
    exits: exits && {
      withStop: exits.withStop,
      stopKind: exits.stopKind,
      trail: exits.trail,
      trailUnit: exits.trailUnit,
      untilCancelled: exits.untilCancelled,
      aims: { takeProfit: distance("takeProfit"), stop: distance("stop") },
    },
  };
}

/** A preset as what it changes on a ticket. */
export function presetPatch({ quantity, orderType, tif, exits }: Preset): { readonly patch: Partial<DraftInput>; readonly aims: Aims } {
  if (!exits) return { patch: { quantity, orderType, tif, goodTill: null, exits: null }, aims: BY_PRICE };
  const { aims, ...rest } = exits;
  return { patch: { quantity, orderType, tif, goodTill: null, exits: { ...NO_EXITS, ...rest } }, aims };
}
