import { asBackendError, type Backend, type QuoteView } from "../../backend/backend";
import { emptyDraft } from "../../lib/empty-draft";

/** IBM: a share that every login knows. */
const CON_ID = 8314;
const PRICE_MS = 4000;
const LOOK_MS = 100;

export interface WhatIfAnswer {
  readonly type: "answered" | "notChecked" | "failed";
  readonly says: string;
}

/** Asks what buying one share would do, by the road of every order: rules, then the broker's what-if; its preview is let go at once. */
export async function askWhatIf(backend: Backend, quoteOf: (conId: number) => QuoteView | undefined, account: string): Promise<WhatIfAnswer> {
  try {
    await backend.instrument(CON_ID);
    await backend.watch(CON_ID);
    try {
      const price = await priceOf(quoteOf);
      if (price === null) return { type: "notChecked", says: "Not checked, because no price came that an order could be made with." };
      const outcome = await backend.preview({ ...emptyDraft(account), conId: CON_ID, quantity: "1", limitPrice: price });
      switch (outcome.type) {
        case "ready":
          await backend.abandon(outcome.preview.id);
          return { type: "answered", says: "What-if is answered. Nothing was placed." };
        case "blocked":
          return { type: "notChecked", says: `Not checked, because your rules stop it before IBKR is asked: ${outcome.verdict.findings.filter(({ blocks }) => blocks).map(({ says }) => says).join(" ")}` };
        case "failed":
          return { type: "failed", says: outcome.message };
        default:
          return { type: "notChecked", says: "Not checked, because the order could not be made." };
      }
    } finally {
      await backend.unwatch(CON_ID);
    }
  } catch (thrown) {
    return { type: "failed", says: asBackendError(thrown).message };
  }
}

async function priceOf(quoteOf: (conId: number) => QuoteView | undefined): Promise<string | null> {
  for (let waited = 0; waited <= PRICE_MS; waited += LOOK_MS) {
    const price = quoteOf(CON_ID)?.bid.value;
    if (price !== null && price !== undefined) return price;
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
  return null;
}
