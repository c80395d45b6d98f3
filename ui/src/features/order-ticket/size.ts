import type { AccountView, InstrumentView } from "../../backend/backend";
import { isPositive, minus, textOf, times, typed } from "../../lib/arithmetic";
import { type Decimal, parseDecimal } from "../../lib/decimal";
import { money, price, quantity } from "../../lib/format";
import { away, percentOf, riskOf } from "./aims";
import { boundOf } from "./size-bound";
import { FUTURES, inCurrency, type SizeFacts, type SizeStep, type UsualRange, whole } from "./size-facts";
import { carriedBy, holdingStep } from "./size-held";

/** What a size is reckoned from. */
export const SIZE_WAYS = ["money", "share", "risk"] as const;
export type SizeWay = (typeof SIZE_WAYS)[number];

/** A size with the sum that it comes from, or why there is none. */
export type Sized = { readonly ok: true; readonly quantity: string; readonly sum: readonly SizeStep[] } | { readonly ok: false; readonly why: string; readonly sum: readonly SizeStep[] };

const IRAS: readonly AccountView["kind"][] = ["rothIra", "traditionalIra"];

/** How many units an amount of money, a share of the account, or a risk comes to, rounded down to the size step. */
export function sizeOf(way: SizeWay, text: string, facts: SizeFacts): Sized {
  const { draft, account, instrument, entry, range } = facts;
  const sum: SizeStep[] = [];
  const no = (why: string): Sized => ({ ok: false, why, sum });
  const number = typed(text);
  if (text.trim() === "") return no(way === "money" ? "Type an amount." : "Type a percentage.");
  if (!number || !isPositive(number)) return no(`“${text.trim()}” is not a plain number above zero.`);
  if (!instrument) return no("Choose an instrument first.");
  if (!entry) return no("No price is known: type one.");
  const multiplier = parseDecimal(instrument.multiplier);
  const step = instrument.sizeStep === null ? null : parseDecimal(instrument.sizeStep);
  if (!multiplier || !isPositive(multiplier) || !step || !isPositive(step)) return no("The size steps of this instrument are not known.");
  const each = times(entry, multiplier);
  const shown = (value: Decimal) => price(textOf(value), instrument.priceDecimals);
  sum.push({ says: `Entry ${shown(entry)}${facts.entryFrom ? "" : ", as typed"}${textOf(multiplier) === "1" ? "" : ` × ${textOf(multiplier)} = ${shown(each)} each`}`, from: facts.entryFrom });
  let budget = number;
  let per = each;
  if (way !== "money") {
    if (!account) return no("Choose an account first.");
    const worth = inCurrency(account, "netLiquidation", "net liquidation value", instrument);
    if (typeof worth === "string") return no(worth);
    budget = percentOf(worth, number);
    sum.push({ says: `Net liquidation ${money(textOf(worth))} × ${textOf(number)} % = ${money(textOf(budget))} ${instrument.currency}`, from: account.netLiquidation });
  }
  if (way === "risk") {
    const risk = range ? rangeRisk(range, instrument, sum) : riskOf(draft, entry);
    if (typeof risk === "string") return no(risk);
    if (!risk) return no("Risk is the way from entry to stop: add a bracket with a stop beyond the entry.");
    const stop = minus(entry, away(draft.side, risk));
    if (!isPositive(stop) && draft.side === "buy") return no(`A stop ${shown(risk)} from ${shown(entry)} would lie at or below zero.`);
    sum.push({ says: range ? `A stop that far from ${shown(entry)} lies at ${shown(stop)}` : `The stop at ${shown(stop)} lies ${shown(risk)} from the entry` });
    per = times(risk, multiplier);
    const carried = carriedBy(per, budget, facts);
    if (typeof carried === "string") return no(carried);
    sum.push(...carried.sum);
    budget = carried.budget;
  }
  const count = whole(budget, per, step);
  const rounded = textOf(step) === "1" ? "" : `, in steps of ${quantity(textOf(step))}`;
  sum.push({ says: `${money(textOf(budget))} ÷ ${shown(per)}${way === "risk" ? " at risk" : ""} each = ${quantity(textOf(count))}${rounded}` });
  const bound = boundOf(count, each, step, facts);
  if (typeof bound === "string") return no(bound);
  sum.push(...bound.sum);
  if (account && FUTURES.includes(instrument.kind)) sum.push({ says: marginNote(account) });
  const size = bound.count;
  const holding = holdingStep(size, facts);
  if (holding) sum.push(holding);
  if (!isPositive(size)) return no(`That is less than one step of ${quantity(textOf(step))}.`);
  const lost = way === "risk" ? `; at the stop ${money(textOf(times(size, per)))} of it is lost` : "";
  sum.push({ says: `${quantity(textOf(size))} × ${shown(each)} = ${money(textOf(times(size, each)))} ${instrument.currency}${lost}` });
  return { ok: true, quantity: textOf(size), sum };
}

/** What of a price is at risk by its usual range, with the step to it put on the sum; or why it can't be said. */
function rangeRisk(range: UsualRange, { priceDecimals }: InstrumentView, sum: SizeStep[]): Decimal | string {
  if ("why" in range) return range.why;
  const many = typed(range.times);
  if (!many || !isPositive(many)) return `“${range.times.trim()}” is not a plain number above zero.`;
  const risk = times(range.average, many);
  const says = `Average true range of ${range.days} days ${price(textOf(range.average), priceDecimals)} × ${textOf(many)} = ${price(textOf(risk), priceDecimals)}`;
  sum.push({ says, from: range.at === undefined ? undefined : { at: range.at, source: "model" } });
  return risk;
}

/** A future costs its margin rather than its value, and only the what-if tells that. */
function marginNote({ kind }: AccountView): string {
  const usual = "This is by the contract's value; what it takes is its margin, which the preview tells";
  return IRAS.includes(kind) ? `${usual}. In an IRA that is about twice the usual margin` : usual;
}
