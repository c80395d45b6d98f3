// The legs of common strategies, from what a person types: expiries and strikes.
import type { Right, Side } from "../../../backend/backend";
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

export interface NamedStrategy {
  readonly id: string;
  readonly label: string;
  /** What is done when it is bought. */
  readonly says: string;
  /** Whether one chooses calls or puts; else it has both. */
  readonly choosesRight: boolean;
  readonly fields: readonly NamedField[];
  /** Fields whose strikes have to rise. */
  readonly rising: readonly string[];
  /** `+1 low right expiry`: what is done, the strike's field, the right or the chosen one, the expiry's field. `+1 stock` is the underlying. */
  readonly legs: readonly string[];
}

const EXPIRY: NamedField = { name: "expiry", label: "Expiry", kind: "expiry" };
const strike = (name: string, label: string): NamedField => ({ name, label, kind: "strike" });
const NEAR: NamedField = { name: "near", label: "Nearer expiry", kind: "expiry" };
const FAR: NamedField = { name: "far", label: "Later expiry", kind: "expiry" };
const WINGS = [strike("a", "Lowest strike"), strike("b", "Second strike"), strike("c", "Third strike"), strike("d", "Highest strike")];

export const STRATEGIES: readonly NamedStrategy[] = [
  {
    id: "vertical", label: "Vertical", says: "Buys the first strike and sells the second.", choosesRight: true,
    fields: [EXPIRY, strike("a", "Strike 1"), strike("b", "Strike 2")], rising: [], legs: ["+1 a right expiry", "-1 b right expiry"],
  },
  { id: "straddle", label: "Straddle", says: "Buys the call and the put at one strike.", choosesRight: false, fields: [EXPIRY, strike("a", "Strike")], rising: [], legs: ["+1 a call expiry", "+1 a put expiry"] },
  {
    id: "strangle", label: "Strangle", says: "Buys a put and, at a higher strike, a call.", choosesRight: false,
    fields: [EXPIRY, strike("a", "Put strike"), strike("b", "Call strike")], rising: ["a", "b"], legs: ["+1 a put expiry", "+1 b call expiry"],
  },
  {
    id: "butterfly", label: "Butterfly", says: "Buys the outer strikes and sells the middle one twice.", choosesRight: true,
    fields: [EXPIRY, strike("a", "Lowest strike"), strike("b", "Middle strike"), strike("c", "Highest strike")], rising: ["a", "b", "c"],
    legs: ["+1 a right expiry", "-2 b right expiry", "+1 c right expiry"],
  },
  {
    id: "ironButterfly", label: "Iron butterfly", says: "Sells the straddle in the middle and buys the wings.", choosesRight: false,
    fields: [EXPIRY, strike("a", "Lowest strike"), strike("b", "Middle strike"), strike("c", "Highest strike")], rising: ["a", "b", "c"],
    legs: ["+1 a put expiry", "-1 b put expiry", "-1 b call expiry", "+1 c call expiry"],
  },
  {
    id: "condor", label: "Condor", says: "Buys the outer strikes and sells the inner ones.", choosesRight: true, fields: [EXPIRY, ...WINGS], rising: ["a", "b", "c", "d"],
    legs: ["+1 a right expiry", "-1 b right expiry", "-1 c right expiry", "+1 d right expiry"],
  },
  {
    id: "ironCondor", label: "Iron condor", says: "Sells the inner put and call and buys the outer ones.", choosesRight: false, fields: [EXPIRY, ...WINGS], rising: ["a", "b", "c", "d"],
    legs: ["+1 a put expiry", "-1 b put expiry", "-1 c call expiry", "+1 d call expiry"],
  },
  { id: "calendar", label: "Calendar", says: "Sells the nearer expiry and buys the later one.", choosesRight: true, fields: [NEAR, FAR, strike("a", "Strike")], rising: [], legs: ["-1 a right near", "+1 a right far"] },
  {
    id: "diagonal", label: "Diagonal", says: "Sells the nearer expiry and buys the later one, at another strike.", choosesRight: true,
    fields: [NEAR, strike("a", "Nearer strike"), FAR, strike("b", "Later strike")], rising: [], legs: ["-1 a right near", "+1 b right far"],
  },
  {
    id: "ratio", label: "Ratio spread", says: "Buys the first strike once and sells the second twice.", choosesRight: true,
    fields: [EXPIRY, strike("a", "Strike bought"), strike("b", "Strike sold")], rising: [], legs: ["+1 a right expiry", "-2 b right expiry"],
  },
  {
    id: "box", label: "Box", says: "Buys the call spread and the put spread between two strikes.", choosesRight: false,
    fields: [EXPIRY, strike("a", "Lower strike"), strike("b", "Higher strike")], rising: ["a", "b"],
    legs: ["+1 a call expiry", "-1 b call expiry", "+1 b put expiry", "-1 a put expiry"],
  },
  {
    id: "coveredCall", label: "Covered call (buy-write)", says: "Buys the shares and sells a call on them.", choosesRight: false,
    fields: [EXPIRY, strike("a", "Call strike")], rising: [], legs: ["+1 stock", "-1 a call expiry"],
  },
  {
    id: "protectivePut", label: "Protective put (married put)", says: "Buys the shares and a put on them.", choosesRight: false,
    fields: [EXPIRY, strike("a", "Put strike")], rising: [], legs: ["+1 stock", "+1 a put expiry"],
  },
  {
    id: "collar", label: "Collar with its shares", says: "Buys the shares and a put, and sells a call at a higher strike.", choosesRight: false,
    fields: [EXPIRY, strike("a", "Put strike"), strike("b", "Call strike")], rising: ["a", "b"], legs: ["+1 stock", "+1 a put expiry", "-1 b call expiry"],
  },
];

export interface NamedInput {
  /** Field name to what was typed. */
  readonly typed: Readonly<Record<string, string>>;
  readonly right: Right;
  /** `sell` turns every leg round. */
  readonly side: Side;
}

export type NamedLegs = { readonly ok: true; readonly legs: readonly WantedLeg[] } | { readonly ok: false; readonly field: string; readonly says: string };

/** The legs that were meant, or the first field that is wrong. */
export function legsOf({ fields, legs, rising }: NamedStrategy, { typed, right, side }: NamedInput): NamedLegs {
  const strikes = new Map<string, Decimal>();
  const expiries = new Map<string, string>();
  for (const { name, label, kind } of fields) {
    const text = (typed[name] ?? "").trim();
    if (kind === "expiry") {
      const day = expiryOf(text);
      if (day === null) return { ok: false, field: name, says: text === "" ? `${label}: type a day, such as 2026-12-18.` : `“${text}” is no day. Type it as 2026-12-18 or 18 Dec 26.` };
      expiries.set(name, day);
    } else {
      const price = parseDecimal(text);
      if (!price || price.units <= 0n) return { ok: false, field: name, says: text === "" ? `${label}: type a strike.` : `“${text}” is no strike.` };
      strikes.set(name, price);
    }
  }
  const fault = fallingField(rising, strikes) ?? sameField(strikes);
  if (fault !== null) return { ok: false, field: fault, says: rising.includes(fault) ? "The strikes have to rise from one to the next." : "The two strikes are the same." };
  const [near, far] = [expiries.get("near"), expiries.get("far")];
  if (near !== undefined && far !== undefined && near >= far) return { ok: false, field: "far", says: "The later expiry has to be after the nearer one." };
  return { ok: true, legs: legs.map((line) => legOf(line, strikes, expiries, right, side)) };
}

function fallingField(rising: readonly string[], strikes: ReadonlyMap<string, Decimal>): string | null {
  for (const [i, name] of rising.entries()) {
    const [before, here] = [strikes.get(rising[i - 1] ?? ""), strikes.get(name)];
    if (before && here && compare(before, here) >= 0) return name;
  }
  return null;
}

/** Two strikes without an order of theirs must still be two. */
function sameField(strikes: ReadonlyMap<string, Decimal>): string | null {
  const [a, b] = [strikes.get("a"), strikes.get("b")];
  return a && b && compare(a, b) === 0 ? "b" : null;
}

function legOf(line: string, strikes: ReadonlyMap<string, Decimal>, expiries: ReadonlyMap<string, string>, chosen: Right, side: Side): WantedLeg {
  const [count = "+1", at = "", right = "", day = ""] = line.split(" ");
  const bought = count.startsWith("+") === (side === "buy");
  if (at === "stock") return { kind: "stock", side: bought ? "buy" : "sell" };
  return {
    kind: "option",
    side: bought ? "buy" : "sell",
    ratio: Number(count.slice(1)),
    strike: strikes.get(at) ?? ZERO,
    right: right === "right" ? chosen : right === "call" ? "call" : "put",
    expiry: expiries.get(day) ?? "",
  };
}

const ZERO: Decimal = { units: 0n, scale: 0 };
