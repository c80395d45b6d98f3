import type { DraftInput } from "../backend/backend";

/** A ticket with nothing on it, and a name for the order that it will become. */
export function emptyDraft(account: string): DraftInput {
  return {
    intent: crypto.randomUUID(),
    account,
    conId: null,
    legs: [],
    side: "buy",
    quantity: "",
    changes: null,
    limitPrice: "",
    stopPrice: "",
    trail: "",
    trailUnit: "amount",
    offset: "",
    priceCap: "",
    orderType: "limit",
    tif: "day",
    goodTill: null,
    handling: { outsideRth: false, hidden: false, displaySize: "", allOrNone: false, minQuantity: "", ocaGroup: "", ocaKind: "cancelBlocked" },
    algo: null,
    conditions: [],
    conditionsCancel: false,
    conditionsOutsideRth: false,
    exits: null,
    waivers: { stalePrice: false, silentWhatIf: false },
  };
}
