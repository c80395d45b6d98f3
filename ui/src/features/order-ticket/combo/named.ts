// The legs of a strategy from what a person types into its form. Which legs a name has is the program's to say.
import type { PlanView, Right, Side } from "../../../backend/backend";
import { compare } from "../../../lib/arithmetic";
import { type Decimal, parseDecimal } from "../../../lib/decimal";
import { expiryOf } from "./expiry";

/** What is typed for a strategy, in the order of its form. */
export interface NamedField {
  readonly name: string;
  readonly label: string;
  readonly kind: "expiry" | "strike";
}

/** One leg before its contract is found. */
export type WantedLeg = WantedOption | WantedStock;

/** The underlying itself: as many shares as an option is for. */
export interface WantedStock {
  readonly kind: "stock";
  readonly side: Side;
}

export interface WantedOption {
  readonly kind: "option";
  readonly side: Side;
  readonly ratio: number;
  /** `20261218`. */
  readonly expiry: string;
  readonly strike: Decimal;
  readonly right: Right;
}

export interface NamedInput {
  /** Field name to what was typed. */
  readonly typed: Readonly<Record<string, string>>;
  readonly right: Right;
  /** `sell` turns every leg round. */
  readonly side: Side;
}

export type NamedLegs = { readonly ok: true; readonly legs: readonly WantedLeg[] } | { readonly ok: false; readonly field: string; readonly says: string };

/** What a combination can be made of: one leg alone is a plain order. */
export function isCombination({ legs, hasStock }: PlanView): boolean {
  return legs.length + Number(hasStock) > 1;
}

const expiryName = (at: number) => `expiry-${at}`;
const strikeName = (at: number) => `strike-${at}`;

export function fieldsOf({ expiries, strikes }: PlanView): readonly NamedField[] {
  const days = expiries === 1 ? ["Expiry"] : ["Nearer expiry", "Later expiry"];
  return [...days.map((label, at): NamedField => ({ name: expiryName(at), label, kind: "expiry" })), ...strikes.map((label, at): NamedField => ({ name: strikeName(at), label, kind: "strike" }))];
}

/** The legs that were meant, or the first field that is wrong. */
export function legsOf(plan: PlanView, { typed, right, side }: NamedInput): NamedLegs {
  const expiries: string[] = [];
  const strikes: Decimal[] = [];
  for (const { name, label, kind } of fieldsOf(plan)) {
    const text = (typed[name] ?? "").trim();
    const no = (says: string): NamedLegs => ({ ok: false, field: name, says });
    if (kind === "expiry") {
      const day = expiryOf(text);
      if (day === null) return no(text === "" ? `${label}: type a day, such as 2026-12-18.` : `“${text}” is no day. Type it as 2026-12-18 or 18 Dec 26.`);
      if (expiries.some((before) => before >= day)) return no("The later expiry has to be after the nearer one.");
      expiries.push(day);
    } else {
      const strike = parseDecimal(text);
      if (!strike || strike.units <= 0n) return no(text === "" ? `${label}: type a strike.` : `“${text}” is no strike.`);
      if (plan.rises && strikes.some((before) => compare(before, strike) >= 0)) return no("The strikes have to rise from one to the next.");
      if (strikes.some((before) => compare(before, strike) === 0)) return no("The two strikes are the same.");
      strikes.push(strike);
    }
  }
  const turned = (of: Side): Side => ((of === "buy") === (side === "buy") ? "buy" : "sell");
  const options = plan.legs.map((leg): WantedLeg => ({ kind: "option", side: turned(leg.side), ratio: leg.ratio, right: leg.right ?? right, strike: strikes[leg.strike] ?? ZERO, expiry: expiries[leg.expiry] ?? "" }));
  return { ok: true, legs: plan.hasStock ? [{ kind: "stock", side }, ...options] : options };
}

const ZERO: Decimal = { units: 0n, scale: 0 };
