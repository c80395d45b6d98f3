import type { AlgoInfo, DraftInput, OfferView, OrderCatalogue, OrderType, OrderTypeView, PriceField, TifChoice } from "../../backend/backend";

/** What a ticket can choose from: everything there is, and what of it the chosen contract takes. */
export interface Choices {
  readonly catalogue: OrderCatalogue;
  /** Null while no instrument is chosen or its offer is not known. */
  readonly offer: OfferView | null;
}

const BEFORE: { readonly types: readonly OrderType[]; readonly tifs: readonly TifChoice[] } = { types: ["limit", "market"], tifs: ["day", "gtc"] };

export function typesOf({ catalogue, offer }: Choices): readonly OrderTypeView[] {
  const taken = offer?.orderTypes ?? BEFORE.types;
  return catalogue.orderTypes.filter(({ orderType }) => taken.includes(orderType));
}

export function typeOf({ catalogue }: Choices, orderType: OrderType): OrderTypeView | null {
  return catalogue.orderTypes.find((view) => view.orderType === orderType) ?? null;
}

/** The times in force that both the order type and the contract take. An auction leaves no choice, an algorithm works for the day. */
export function tifsOf(choices: Choices, draft: Pick<DraftInput, "orderType" | "algo">): readonly TifChoice[] {
  const own = typeOf(choices, draft.orderType)?.tifs ?? [];
  if (own.length === 1) return own;
  const taken = choices.offer?.tifs ?? BEFORE.tifs;
  return own.filter((tif) => taken.includes(tif) && (draft.algo === null || tif === "day"));
}

export function takes(type: OrderTypeView | null, field: PriceField): boolean {
  return type?.fields.some((need) => need.field === field) ?? false;
}

/** The draft without what is not on offer, and a sentence for each thing that fell away. */
export function settle(draft: DraftInput, choices: Choices | null): readonly [DraftInput, readonly string[]] {
  if (!choices) return [draft, []];
  const notes: string[] = [];
  const { catalogue, offer } = choices;
  const named = (type: OrderType): string => typeOf(choices, type)?.name ?? type;
  let next = draft;
  if (!typesOf(choices).some(({ orderType }) => orderType === next.orderType)) {
    notes.push(`${named(next.orderType)} is not taken here: the order is a limit order now.`);
    next = { ...next, orderType: "limit" };
  }
  const algo = catalogue.algos.find(({ id }) => id === next.algo?.id);
  if (next.algo && (offer?.algos === false || !algo?.orderTypes.includes(next.orderType))) {
    const why = offer?.algos === false ? "the exchange takes none" : `it does not take ${named(next.orderType).toLowerCase()} orders`;
    notes.push(`The algorithm ${algo?.name ?? next.algo.id} was taken off: ${why}.`);
    next = { ...next, algo: null };
  }
  const tifs = tifsOf(choices, next);
  if (!tifs.includes(next.tif)) {
    const tif = tifs[0] ?? "day";
    const words = (wanted: TifChoice): string => catalogue.tifs.find((view) => view.tif === wanted)?.words ?? wanted;
    // An auction has just one time, and leaving it has nothing to do with the person's choice.
    if (tif !== "opg" && next.tif !== "opg") notes.push(`“${words(next.tif)}” does not go with this order: it stands “${words(tif)}” now.`);
    next = { ...next, tif, goodTill: null };
  }
  if (offer) next = handled(next, offer, notes);
  return [next, notes];
}

function handled(draft: DraftInput, offer: OfferView, notes: string[]): DraftInput {
  let { handling } = draft;
  const drop = (wanted: boolean, taken: boolean, what: string, patch: Partial<DraftInput["handling"]>) => {
    if (!wanted || taken) return;
    notes.push(`${what} is not taken by this exchange and was taken off.`);
    handling = { ...handling, ...patch };
  };
  drop(handling.hidden, offer.hidden, "“Hidden”", { hidden: false });
  drop(handling.displaySize !== "", offer.displaySize, "The shown size", { displaySize: "" });
  drop(handling.allOrNone, offer.allOrNone, "“All or none”", { allOrNone: false });
  drop(handling.ocaGroup !== "", offer.oca, "The one-cancels-all group", { ocaGroup: "" });
  if (draft.conditions.length > 0 && !offer.conditions) {
    notes.push("Conditions are not taken by this exchange and were taken off.");
    return { ...draft, handling, conditions: [] };
  }
  return handling === draft.handling ? draft : { ...draft, handling };
}

/** The algorithms that can work the order. */
export function algosOf({ catalogue, offer }: Choices, { orderType }: Pick<DraftInput, "orderType">): readonly AlgoInfo[] {
  return offer?.algos === true ? catalogue.algos.filter(({ orderTypes }) => orderTypes.includes(orderType)) : [];
}
