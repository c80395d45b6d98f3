import type { AccountView, DraftInput, InstrumentView } from "../../backend/backend";
import { compare, isPositive, minus, plus, steps, stepsIn, textOf, times, typed } from "../../lib/arithmetic";
import { type Decimal, parseDecimal } from "../../lib/decimal";
import { money, price, quantity } from "../../lib/format";
import { away, percentOf, riskOf } from "./aims";

/** What a size is reckoned from. */
export const SIZE_WAYS = ["money", "share", "risk"] as const;
export type SizeWay = (typeof SIZE_WAYS)[number];

/** A size with the sum that it comes from, or why there is none. */
export type Sized = { readonly ok: true; readonly quantity: string; readonly sum: readonly string[] } | { readonly ok: false; readonly why: string };

interface Facts {
  readonly draft: DraftInput;
  readonly account: AccountView | undefined;
  readonly instrument: InstrumentView | null;
  readonly entry: Decimal | null;
  /** How far a price usually moves, when the risk is a multiple of that rather than the way to the stop. */
  readonly range?: UsualRange;
  /** How many the account holds, as it is told; null when that is not known. */
  readonly held?: string | null;
}

/** A multiple of the average true range, or why there is none. */
export type UsualRange = { readonly average: Decimal; readonly days: number; readonly times: string } | { readonly why: string };

const no = (why: string): Sized => ({ ok: false, why });
const FUTURES: readonly InstrumentView["kind"][] = ["future", "futureOption"];
const CASH_ONLY: readonly AccountView["kind"][] = ["rothIra", "traditionalIra"];

/** How many units an amount of money, a share of the account, or a risk comes to, rounded down to the size step. */
export function sizeOf(way: SizeWay, text: string, facts: Facts): Sized {
  const { draft, account, instrument, entry, range } = facts;
  const number = typed(text);
  if (text.trim() === "") return no(way === "money" ? "Type an amount." : "Type a percentage.");
  if (!number || !isPositive(number)) return no(`“${text.trim()}” is not a plain number above zero.`);
  if (!instrument) return no("Choose an instrument first.");
  if (!entry) return no("No price is known: type one.");
  const multiplier = parseDecimal(instrument.multiplier);
  const step = instrument.sizeStep === null ? null : parseDecimal(instrument.sizeStep);
  if (!multiplier || !isPositive(multiplier) || !step || !isPositive(step)) return no("The size steps of this instrument are not known.");
  const each = times(entry, multiplier);
  const sum: string[] = [];
  let budget = number;
  let per = each;
  if (way !== "money") {
    if (!account) return no("Choose an account first.");
    const worth = inCurrency(account, "netLiquidation", "net liquidation value", instrument);
    if (typeof worth === "string") return no(worth);
    budget = percentOf(worth, number);
    sum.push(`${money(textOf(worth))} × ${textOf(number)} % = ${money(textOf(budget))} ${instrument.currency}`);
  }
  if (way === "risk") {
    const risk = range ? rangeRisk(range, instrument, sum) : riskOf(draft, entry);
    if (typeof risk === "string") return no(risk);
    if (!risk) return no("Risk is the way from entry to stop: add a bracket with a stop beyond the entry.");
    if (range) sum.push(`A stop that far from ${price(textOf(entry), instrument.priceDecimals)} lies at ${price(textOf(minus(entry, away(draft.side, risk))), instrument.priceDecimals)}`);
    per = times(risk, multiplier);
  }
  const count = whole(budget, per, step);
  sum.push(`${money(textOf(budget))} ÷ ${price(textOf(per), instrument.priceDecimals)}${way === "risk" ? " at risk" : ""} each = ${quantity(textOf(count))}`);
  const limited = bySettledCash(count, each, step, facts);
  if (typeof limited === "string") return no(limited);
  if (limited) sum.push(...limited.sum);
  if (account && FUTURES.includes(instrument.kind)) sum.push(marginNote(account));
  const size = limited?.count ?? count;
  const holding = heldNote(size, facts);
  if (holding) sum.push(holding);
  return isPositive(size) ? { ok: true, quantity: textOf(size), sum } : no(`${sum.join("; ")}: less than one step of ${quantity(instrument.sizeStep ?? "1")}.`);
}

/** What of a price is at risk by its usual range, with the step to it put on the sum; or why it can't be said. */
function rangeRisk(range: UsualRange, { priceDecimals }: InstrumentView, sum: string[]): Decimal | string {
  if ("why" in range) return range.why;
  const many = typed(range.times);
  if (!many || !isPositive(many)) return `“${range.times.trim()}” is not a plain number above zero.`;
  const risk = times(range.average, many);
  sum.push(`Average true range of ${range.days} days ${price(textOf(range.average), priceDecimals)} × ${textOf(many)} = ${price(textOf(risk), priceDecimals)}`);
  return risk;
}

/** What the account has of it with this; nothing when it has none. */
function heldNote(size: Decimal, { draft, held }: Facts): string | null {
  const has = held == null ? null : parseDecimal(held);
  if (!has || has.units === 0n) return null;
  return `The account holds ${quantity(textOf(has))} already; with this ${quantity(textOf(plus(has, away(draft.side, size))))}`;
}

/** A future costs its margin rather than its value, and only the what-if tells that. */
function marginNote({ kind }: AccountView): string {
  const usual = "This is by the contract's value; what it takes is its margin, which the preview tells";
  return CASH_ONLY.includes(kind) ? `${usual}. In an IRA that is about twice the usual margin` : usual;
}

function whole(budget: Decimal, per: Decimal, step: Decimal): Decimal {
  return steps(stepsIn(budget, times(per, step)) ?? 0n, step);
}

function inCurrency(account: AccountView, part: "netLiquidation" | "settledCash", words: string, instrument: InstrumentView): Decimal | string {
  const value = account[part].value;
  const amount = value === null ? null : parseDecimal(value);
  if (!amount) return `The ${words} of ${account.id} is not known.`;
  if (account.currency !== instrument.currency) return `The ${words} of ${account.id} is in ${account.currency ?? "an unknown currency"}, the price in ${instrument.currency}; no rate between them is known here.`;
  return amount;
}

/** An account without borrowing buys shares and options from settled cash only. */
function bySettledCash(count: Decimal, each: Decimal, step: Decimal, { draft, account, instrument }: Facts): { readonly count: Decimal; readonly sum: readonly string[] } | string | null {
  if (!account || !instrument || draft.side !== "buy" || !CASH_ONLY.includes(account.kind)) return null;
  if (FUTURES.includes(instrument.kind)) return null;
  const cash = inCurrency(account, "settledCash", "settled cash", instrument);
  if (typeof cash === "string") return cash;
  const most = whole(cash, each, step);
  if (compare(most, count) >= 0) return null;
  return { count: isPositive(most) ? most : { units: 0n, scale: 0 }, sum: [`Settled cash of ${money(textOf(cash))} pays for ${quantity(textOf(most))} at most`] };
}
