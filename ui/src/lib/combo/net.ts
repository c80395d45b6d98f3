// What the legs' markets make of a combination. Above zero it is paid, below zero it is received.
import type { Figure, InstrumentView, LegInput, QuoteView, Side } from "../../backend/backend";
import { compare, magnitude, negated, plus, steps, stepsIn, textOf, times } from "../arithmetic";
import { type Decimal, parseDecimal } from "../decimal";

/** A net price, or why there is none. */
export type Net =
  | { readonly known: true; readonly price: Decimal; readonly at: number | null; readonly source: Figure["source"] }
  | { readonly known: false; readonly why: string };

export interface LegMarket {
  readonly leg: LegInput;
  /** How often its price counts in the whole's, or why that is not known. */
  readonly weight: number | string;
  /** What the leg is called when its quote is missing. */
  readonly label: string;
  readonly quote: Pick<QuoteView, "bid" | "ask" | "refused"> | undefined;
}

const CENT: Decimal = { units: 1n, scale: 2 };
const HALF: Decimal = { units: 5n, scale: 1 };

/** What it costs at once: bought legs at their ask, sold legs at their bid. Fewer legs than the least are not yet anything. */
export function naturalOf(legs: readonly LegMarket[], least = 2): Net {
  return summed(legs, least, ({ side }) => (side === "buy" ? ["ask"] : ["bid"]));
}

/** Every leg halfway between its bid and its ask. */
export function midOf(legs: readonly LegMarket[], least = 2): Net {
  const both = summed(legs, least, () => ["bid", "ask"]);
  return both.known ? { ...both, price: times(both.price, HALF) } : both;
}

function summed(legs: readonly LegMarket[], least: number, parts: (leg: LegInput) => readonly ("bid" | "ask")[]): Net {
  if (legs.length < least) return { known: false, why: "A combination has at least two legs" };
  let price: Decimal = { units: 0n, scale: 0 };
  let at: number | null = null;
  let source: Figure["source"] = "live";
  for (const { leg, weight, label, quote } of legs) {
    if (typeof weight === "string") return { known: false, why: weight };
    for (const part of parts(leg)) {
      const figure = quote?.[part];
      const value = figure?.value ? parseDecimal(figure.value) : null;
      if (!figure || !value) return { known: false, why: missing(label, part, quote?.refused ?? null) };
      const many = times(value, { units: BigInt(weight), scale: 0 });
      price = plus(price, leg.side === "buy" ? many : negated(many));
      // As old as its oldest part.
      if (figure.at !== null) at = at === null ? figure.at : Math.min(at, figure.at);
      source = worse(source, figure.source);
    }
  }
  return { known: true, price, at, source };
}

const SOURCES: readonly Figure["source"][] = ["live", "model", "delayed", "frozen", "delayedFrozen"];

/** A sum is no better than the worst of its parts. */
export function worse(a: Figure["source"], b: Figure["source"]): Figure["source"] {
  return SOURCES.indexOf(b) > SOURCES.indexOf(a) ? b : a;
}

function missing(label: string, part: string, refused: string | null): string {
  return refused === null ? `No ${part} of ${label} has come from the gateway yet` : `${label}: ${refused}`;
}

/** Which side of the ticket a net price belongs to; null when nothing is paid or received. */
export function sideOf({ units }: Decimal): Side | null {
  return units > 0n ? "buy" : units < 0n ? "sell" : null;
}

/** What goes into the limit field for a net price: its size without a sign, on the step that pays no more and receives no less; null when that would be nothing. */
export function limitOf(price: Decimal, step: Decimal, places: number): string | null {
  // Rounding down takes what is received, below zero, away from zero.
  const whole = stepsIn(price, step);
  const size = magnitude(whole === null ? price : steps(whole, step));
  return size.units > 0n ? textOf(size, places) : null;
}

/** A cent, or the finest step of the options when that is finer. A leg tells its step near the market only: its coarser ones would round a natural price to one that can't fill. */
export function finestStep(legs: readonly (Pick<InstrumentView, "kind" | "tick"> | null)[]): Decimal {
  const told = legs.map((leg) => (leg?.kind === "option" && leg.tick !== null ? parseDecimal(leg.tick) : null)).filter((tick) => tick !== null);
  return told.reduce((least, tick) => (tick.units > 0n && compare(tick, least) < 0 ? tick : least), CENT);
}
