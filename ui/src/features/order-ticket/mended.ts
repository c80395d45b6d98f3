import type { DraftInput, OrderMend } from "../../backend/backend";

/** What a mend puts on the ticket of a refused order. */
export function mended(draft: DraftInput, mend: OrderMend): DraftInput {
  switch (mend.type) {
    case "price": {
      const stopPrice = mend.stop ?? draft.stopPrice;
      if (mend.limit === null) return { ...draft, stopPrice };
      // The worst price of a pegged order is its cap.
      return draft.priceCap === "" ? { ...draft, stopPrice, limitPrice: mend.limit } : { ...draft, stopPrice, priceCap: mend.limit };
    }
    case "quantity":
      return { ...draft, quantity: mend.quantity };
    case "account":
      return { ...draft, account: "" };
    default:
      return draft;
  }
}
