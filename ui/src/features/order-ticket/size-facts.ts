import type { AccountView, DraftInput, Figure, InstrumentView, SizeFactsView } from "../../backend/backend";
import { isPositive, steps, stepsIn, times } from "../../lib/arithmetic";
import { type Decimal, parseDecimal } from "../../lib/decimal";

/** One line of the sum, with the moment and source of the figure in it when the broker told it. */
export interface SizeStep {
  readonly says: string;
  readonly from?: Pick<Figure, "at" | "source">;
}

export interface SizeFacts {
  readonly draft: DraftInput;
  readonly account: AccountView | undefined;
  readonly instrument: InstrumentView | null;
  readonly entry: Decimal | null;
  /** Where the entry is from; nothing when it was typed. */
  readonly entryFrom?: Pick<Figure, "at" | "source">;
  /** How far a price usually moves, when the risk is a multiple of that rather than the way to the stop. */
  readonly range?: UsualRange;
  /** How many the account holds, as it is told; null when that is not known, undefined when it holds none. */
  readonly held?: Figure | null;
  /** Whether what is held already shares in the risk. */
  readonly withHeld?: boolean;
  /** With what the account pays, or why that is not known. */
  readonly pays: SizeFactsView | { readonly why: string };
}

/** A multiple of the average true range, or why there is none. */
export type UsualRange = { readonly average: Decimal; readonly days: number; readonly times: string; readonly at?: number } | { readonly why: string };

export const FUTURES: readonly InstrumentView["kind"][] = ["future", "futureOption"];

/** Down to whole steps, and no less than nothing. */
export function whole(budget: Decimal, per: Decimal, step: Decimal): Decimal {
  const count = steps(stepsIn(budget, times(per, step)) ?? 0n, step);
  return isPositive(count) ? count : { units: 0n, scale: 0 };
}

/** A figure of the account in the instrument's currency, or why there is none. */
export function inCurrency(account: AccountView, part: "netLiquidation" | "settledCash" | "totalCash" | "buyingPower" | "availableFunds", words: string, instrument: InstrumentView): Decimal | string {
  const value = account[part].value;
  const amount = value === null ? null : parseDecimal(value);
  if (!amount) return `The ${words} of ${account.id} is not known.`;
  if (account.currency !== instrument.currency) return `The ${words} of ${account.id} is in ${account.currency ?? "an unknown currency"}, the price in ${instrument.currency}; no rate between them is known here.`;
  return amount;
}
