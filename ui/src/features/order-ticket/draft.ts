import type { DraftInput, InstrumentView, LegInput, Side } from "../../backend/backend";

/** What a row or the palette fills in when it opens the ticket. */
export interface Prefill {
  readonly account?: string;
  readonly conId: number;
  readonly side?: Side;
  readonly quantity?: string;
}

/** Options picked elsewhere, to be ordered together; one alone is a plain order. */
export interface LegsPrefill {
  readonly account: string;
  readonly legs: readonly LegInput[];
  readonly instruments: readonly InstrumentView[];
  /** Whether the net price is paid or received; of one option, whether it is bought. */
  readonly side: Side;
  /** Empty to leave it to the person. */
  readonly limitPrice: string;
  /** Empty to leave it to the person. */
  readonly quantity: string;
}

/** Whether anything on it is worth checking or keeping. */
export function isTouched(draft: DraftInput): boolean {
  return draft.conId !== null || draft.legs.length > 0 || draft.quantity !== "" || draft.limitPrice !== "";
}

/** Another instrument has other prices: what was typed for the one before is let go, distances in percent stay. */
export function withoutPrices({ exits, trail, trailUnit }: DraftInput): Partial<DraftInput> {
  return {
    conId: null,
    legs: [],
    limitPrice: "",
    stopPrice: "",
    offset: "",
    priceCap: "",
    trail: trailUnit === "percent" ? trail : "",
    exits: exits && { ...exits, takeProfit: "", stopPrice: "", stopLimit: "", trail: exits.trailUnit === "percent" ? exits.trail : "" },
    waivers: { stalePrice: false, silentWhatIf: false },
  };
}

/** Whether everything but account, instrument and side is as on a new ticket. */
export function isPlain(draft: DraftInput): boolean {
  const { orderType, tif, quantity, limitPrice, exits, algo, conditions } = draft;
  return orderType === "limit" && tif === "day" && quantity === "" && limitPrice === "" && !exits && !algo && conditions.length === 0;
}
