// A combination's name from its legs, before any answer could come. Only what is sure gets a name: everything
// else is "custom". `strategies.json` holds it to the names that the program gives.
import type { InstrumentView, LegInput, Right, Side } from "../../backend/backend";
import { compare, minus } from "../arithmetic";
import { type Decimal, parseDecimal } from "../decimal";
import { instrumentOf, type KnownLegs, weightOf } from "./known";

/** A leg with the terms of its option. */
export interface OptionLeg {
  readonly symbol: string;
  readonly side: Side;
  readonly ratio: number;
  readonly right: Right;
  readonly strike: Decimal;
  /** `20261218`. */
  readonly expiry: string;
}

/** The name of a ticket's legs; custom as long as any of them is not known. */
export function comboName(legs: readonly LegInput[], known: KnownLegs): string {
  const options = legs.map((leg) => optionLeg(leg, instrumentOf(known, leg.conId))).filter((leg) => leg !== null);
  if (options.length === legs.length) return strategyName(options);
  const [stock, second] = legs.filter((leg) => instrumentOf(known, leg.conId)?.kind === "stock");
  const whole = stock && !second && options.length === legs.length - 1 && weightOf(stock, legs, known) === 1;
  return (whole ? stockName(stock.side, options) : null) ?? customName(legs.length);
}

/** What shares and options of theirs, each once, are called together. */
export function stockName(stock: Side, options: readonly OptionLeg[]): string | null {
  const [low, high, third] = options.toSorted((a, b) => compare(a.strike, b.strike));
  if (!low || third || stock !== "buy" || options.some(({ ratio, symbol }) => ratio !== 1 || symbol !== low.symbol)) return null;
  if (!high) return low.right === "call" ? (low.side === "sell" ? "Covered call" : null) : low.side === "buy" ? "Protective put" : null;
  const [put, call] = low.right === "put" ? [low, high] : [high, low];
  const shaped = put.right === "put" && call.right === "call" && put.side === "buy" && call.side === "sell";
  if (!shaped) return null;
  const strikes = compare(put.strike, call.strike);
  return strikes < 0 ? "Collar" : strikes === 0 && put.expiry === call.expiry ? "Conversion" : null;
}

/** Null when the instrument is no option, or its terms are not told. */
function optionLeg({ side, ratio }: LegInput, instrument: InstrumentView | null): OptionLeg | null {
  if (!instrument) return null;
  const { symbol, expiry, right } = instrument;
  const strike = instrument.strike === null ? null : parseDecimal(instrument.strike);
  return expiry !== null && right !== null && strike ? { symbol, side, ratio, right, strike, expiry } : null;
}

/** "Bull call spread", "Iron condor", …; "Custom, 3 legs" for what has no name here. */
export function strategyName(legs: readonly OptionLeg[]): string {
  const ordered = legs.toSorted((a, b) => compare(a.strike, b.strike));
  const sameSymbol = legs.every(({ symbol }) => symbol === legs[0]?.symbol);
  const name = sameSymbol ? nameOf(ordered) : null;
  return name ?? customName(legs.length);
}

function customName(count: number): string {
  return `Custom, ${count} ${count === 1 ? "leg" : "legs"}`;
}

function nameOf(legs: readonly OptionLeg[]): string | null {
  const oneExpiry = legs.every(({ expiry }) => expiry === legs[0]?.expiry);
  if (legs.length === 2) return oneExpiry ? pairName(legs) : timeName(legs);
  if (!oneExpiry) return null;
  if (legs.length === 3) return butterflyName(legs);
  return legs.length === 4 ? fourName(legs) : null;
}

function pairName([low, high]: readonly OptionLeg[]): string | null {
  if (!low || !high) return null;
  const even = low.ratio === high.ratio;
  const oneStrike = compare(low.strike, high.strike) === 0;
  if (low.right === high.right) {
    if (oneStrike || low.side === high.side) return null;
    if (even) return `${low.side === "buy" ? "Bull" : "Bear"} ${low.right} spread`;
    const [bought, sold] = low.side === "buy" ? [low, high] : [high, low];
    return `${capital(low.right)} ratio spread, ${bought.ratio} bought against ${sold.ratio} sold`;
  }
  if (!even || low.side !== high.side) return null;
  if (oneStrike) return `${held(low.side)} straddle`;
  return low.right === "put" ? `${held(low.side)} strangle` : null;
}

/** Two expiries: named by what is done with the later one. */
function timeName([first, second]: readonly OptionLeg[]): string | null {
  if (!first || !second || first.right !== second.right || first.side === second.side || first.ratio !== second.ratio) return null;
  const later = first.expiry > second.expiry ? first : second;
  const kind = compare(first.strike, second.strike) === 0 ? "calendar" : "diagonal";
  return `${held(later.side)} ${later.right} ${kind}`;
}

function butterflyName([low, middle, high]: readonly OptionLeg[]): string | null {
  if (!low || !middle || !high || !oneRight([low, middle, high]) || !apart([low, middle, high])) return null;
  if (low.side !== high.side || middle.side === low.side) return null;
  if (low.ratio !== high.ratio || middle.ratio !== 2 * low.ratio) return null;
  return `${held(low.side)} ${low.right} butterfly${broken(low, middle, middle, high)}`;
}

function fourName(legs: readonly OptionLeg[]): string | null {
  if (legs.some(({ ratio }) => ratio !== legs[0]?.ratio)) return null;
  if (oneRight(legs)) return condorName(legs);
  const puts = legs.filter(({ right }) => right === "put");
  const calls = legs.filter(({ right }) => right === "call");
  const [lowPut, highPut] = puts;
  const [lowCall, highCall] = calls;
  if (!lowPut || !highPut || !lowCall || !highCall || puts.length !== 2 || !apart(puts) || !apart(calls)) return null;
  if (lowPut.side === highPut.side || lowCall.side === highCall.side) return null;
  const bodies = compare(highPut.strike, lowCall.strike);
  if (bodies <= 0 && highPut.side === lowCall.side) {
    const name = bodies === 0 ? "iron butterfly" : "iron condor";
    return `${highPut.side === "sell" ? capital(name) : `Reverse ${name}`}${broken(lowPut, highPut, lowCall, highCall)}`;
  }
  const isBox = compare(lowPut.strike, lowCall.strike) === 0 && compare(highPut.strike, highCall.strike) === 0 && lowCall.side === highPut.side;
  return isBox ? `${held(lowCall.side)} box` : null;
}

function condorName(legs: readonly OptionLeg[]): string | null {
  const [outerLow, innerLow, innerHigh, outerHigh] = legs;
  if (!outerLow || !innerLow || !innerHigh || !outerHigh || !apart(legs)) return null;
  if (outerLow.side !== outerHigh.side || innerLow.side !== innerHigh.side || outerLow.side === innerLow.side) return null;
  return `${held(outerLow.side)} ${outerLow.right} condor${broken(outerLow, innerLow, innerHigh, outerHigh)}`;
}

function oneRight(legs: readonly OptionLeg[]): boolean {
  return legs.every(({ right }) => right === legs[0]?.right);
}

/** Whether each strike is above the one before. */
function apart(legs: readonly OptionLeg[]): boolean {
  return legs.every((leg, i) => {
    const before = legs[i - 1];
    return !before || compare(before.strike, leg.strike) < 0;
  });
}

function broken(low: OptionLeg, innerLow: OptionLeg, innerHigh: OptionLeg, high: OptionLeg): string {
  return compare(minus(innerLow.strike, low.strike), minus(high.strike, innerHigh.strike)) === 0 ? "" : ", wings not equal";
}

function held(side: Side): string {
  return side === "buy" ? "Long" : "Short";
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
