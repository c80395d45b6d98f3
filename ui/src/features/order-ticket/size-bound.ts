import { compare, isPositive, minus, plus, textOf, times } from "../../lib/arithmetic";
import { type Decimal, parseDecimal } from "../../lib/decimal";
import { money, quantity } from "../../lib/format";
import { typedEntry } from "./aims";
import { FUTURES, inCurrency, type SizeFacts, type SizeStep, whole } from "./size-facts";

const NOTHING: Decimal = { units: 0n, scale: 0 };
const ONE: Decimal = { units: 1n, scale: 0 };

interface Bound {
  readonly count: Decimal;
  readonly sum: readonly SizeStep[];
}

/** What the account can pay for: settled cash where nothing may be borrowed, else its buying power. A sale pays for itself, a future with its margin. */
export function boundOf(count: Decimal, each: Decimal, step: Decimal, facts: SizeFacts): Bound | string {
  const { draft, account, instrument, pays } = facts;
  if (!account || !instrument || draft.side !== "buy" || FUTURES.includes(instrument.kind)) return { count, sum: [] };
  if ("why" in pays) return pays.why;
  const borrows = pays.paysWith === "margin";
  const [part, words] = !borrows ? (["settledCash", "settled cash"] as const) : instrument.kind === "option" ? (["availableFunds", "available funds"] as const) : (["buyingPower", "buying power"] as const);
  let has = inCurrency(account, part, words, instrument);
  // Where it may borrow the broker's what-if is the judge; where it may not, so is what is said here.
  if (typeof has === "string") return borrows ? { count, sum: [{ says: `${has} Whether it pays for this the preview tells` }] } : has;
  let name = capital(words);
  if (!borrows) {
    const all = inCurrency(account, "totalCash", "cash", instrument);
    if (typeof all === "string") return all;
    if (compare(all, has) < 0) [has, name] = [all, "Cash"];
  }
  const promised = pays.workingBuys === null ? null : parseDecimal(pays.workingBuys);
  if (!promised) return "What the account's working purchases may cost is not known. Cancel those that have no price, or wait.";
  const { unit, least } = commissionOf(each, instrument.kind, instrument.currency);
  const cushion = hasLimit(facts) ? NOTHING : (parseDecimal(pays.marketCushion) ?? NOTHING);
  const most = whole(minus(minus(has, promised), least), plus(times(each, plus(ONE, cushion)), unit), step);
  const less = isPositive(promised) ? `, less ${money(textOf(promised))} that working purchases may cost,` : "";
  const beside = cushion.units === 0n ? "commission kept back" : `commission and ${textOf(times(cushion, { units: 100n, scale: 0 }))} % for an order without a limit kept back`;
  const limits = compare(most, count) < 0;
  const sum: SizeStep[] = [{ says: `${name} of ${money(textOf(has))}${less} pays for ${quantity(textOf(most))} at most, ${beside}: ${limits ? "that is the limit" : "enough"}`, from: account[part] }];
  const note = noteOf(facts);
  if (note) sum.push({ says: note });
  return { count: limits ? most : count, sum };
}

function noteOf({ pays, instrument }: SizeFacts): string | null {
  if ("why" in pays) return null;
  if (pays.paysWith === "margin") return instrument?.kind === "option" ? "An option is paid in full" : "What margin it takes, and so what is really left, the preview tells";
  if (pays.hasSoldOptions) return "The account has sold options: the cash that they bind comes off too, which the rules check";
  return pays.paysWith === "cash" ? "Cash that has not settled is left out: what it buys must not be sold before it settles" : null;
}

/** Whether the order can't cost more than its price. */
function hasLimit({ draft }: SizeFacts): boolean {
  return ["limit", "stopLimit", "limitIfTouched", "limitOnClose", "limitOnOpen"].includes(draft.orderType) && typedEntry(draft) !== null;
}

/** No less than the rules keep back for it: by the unit, and once. */
function commissionOf(each: Decimal, kind: string, currency: string): { readonly unit: Decimal; readonly least: Decimal } {
  if (currency === "USD" && kind === "stock") return { unit: { units: 5n, scale: 3 }, least: ONE };
  if (currency === "USD" && kind === "option") return { unit: { units: 65n, scale: 2 }, least: ONE };
  return { unit: times(each, { units: 2n, scale: 3 }), least: { units: 2n, scale: 0 } };
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
