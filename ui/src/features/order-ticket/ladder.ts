import type { DraftInput, ExitsInput, InstrumentView } from "../../backend/backend";
import { isPositive, magnitude, minus, nearest, plus, steps, stepsIn, textOf, typed } from "../../lib/arithmetic";
import type { Decimal } from "../../lib/decimal";
import { away, percentAway, percentOf, stopLevel, typedEntry } from "./aims";
import type { Ticket } from "./ticket";

/** The part of the prices that is drawn, in whole ticks. */
export interface Span {
  readonly low: bigint;
  readonly high: bigint;
}

export type LineName = "entry" | "takeProfit" | "stop";

export interface Line {
  readonly name: LineName;
  readonly title: string;
  readonly price: Decimal;
  /** Whether it stands in the draft; else it is a place to begin at. */
  readonly isSet: boolean;
  readonly canMove: boolean;
}

const LEAST_TICKS = 20n;

/** The lines of a bracket. One that is not set yet waits a percent away, to be taken up. */
export function linesOf(draft: DraftInput, entry: Decimal, tick: Decimal): readonly Line[] {
  const { exits, side } = draft;
  const lines: Line[] = [{ name: "entry", title: "Entry", price: entry, isSet: true, canMove: typedEntry(draft) !== null }];
  if (!exits) return lines;
  const rough = percentOf(entry, { units: 1n, scale: 0 });
  const begin = isPositive(minus(rough, steps(10n, tick))) ? rough : steps(10n, tick);
  const waits = (toward: 1 | -1): Decimal => nearest(plus(entry, away(side, toward === 1 ? begin : { ...begin, units: -begin.units })), tick);
  const profit = typed(exits.takeProfit);
  const hasProfit = profit !== null && isPositive(profit);
  lines.push({ name: "takeProfit", title: "Take-profit", price: hasProfit ? profit : waits(1), isSet: hasProfit, canMove: true });
  if (exits.withStop) {
    const stop = stopLevel(draft, entry);
    lines.push({ name: "stop", title: exits.stopKind === "trail" ? "Stop, at first" : "Stop", price: stop ?? waits(-1), isSet: stop !== null, canMove: true });
  }
  return lines;
}

/** The span that shows all these prices with some room around them. */
export function spanOf(prices: readonly Decimal[], tick: Decimal): Span {
  const ticks = prices.flatMap((price) => stepsIn(price, tick) ?? []);
  const low = ticks.reduce((least, one) => (one < least ? one : least), ticks[0] ?? 0n);
  const high = ticks.reduce((most, one) => (one > most ? one : most), ticks[0] ?? 0n);
  const room = (high - low) / 6n > LEAST_TICKS / 4n ? (high - low) / 6n : LEAST_TICKS / 4n;
  const span = { low: low - room, high: high + room };
  return span.low < 1n ? { ...span, low: 1n } : span;
}

/** How far up the ladder a price lies, 0 to 1. A place on the screen, not a price. */
export function heightOf(price: Decimal, { low, high }: Span, tick: Decimal): number {
  const at = stepsIn(price, tick) ?? low;
  const share = Number(at - low) / Number(high - low);
  return Math.min(1, Math.max(0, share));
}

/** The price at a place on the ladder, on a tick. */
export function priceAt(height: number, { low, high }: Span, tick: Decimal): Decimal {
  const share = Math.min(1, Math.max(0, height));
  return steps(low + BigInt(Math.round(share * Number(high - low))), tick);
}

/** A line so many ticks further; the first step takes up one that is not set, just where it waits. */
export function movedBy(line: Line, count: number, tick: Decimal): Decimal | null {
  if (!line.isSet) return line.price;
  const at = stepsIn(line.price, tick);
  if (at === null) return null;
  const next = steps(at + BigInt(count), tick);
  return isPositive(next) ? next : null;
}

/** Moves what the line stands for. */
export function moveLine(ticket: Ticket, draft: DraftInput, name: LineName, to: Decimal, entry: Decimal, instrument: InstrumentView): void {
  const text = textOf(to, instrument.priceDecimals);
  const { exits } = draft;
  if (name === "entry") return ticket.edit(ENTERS_BY_STOP.includes(draft.orderType) ? { stopPrice: text } : { limitPrice: text });
  if (!exits) return undefined;
  if (name === "takeProfit") return ticket.placeExit("takeProfit", { takeProfit: text });
  return ticket.placeExit("stop", stopPatch(exits, to, text, entry, draft, instrument));
}

const ENTERS_BY_STOP: readonly DraftInput["orderType"][] = ["stop", "marketIfTouched", "trail", "trailLimit"];

function stopPatch(exits: ExitsInput, to: Decimal, text: string, entry: Decimal, draft: DraftInput, instrument: InstrumentView): Partial<ExitsInput> {
  if (exits.stopKind === "trail") {
    const distance = away(draft.side, minus(entry, to));
    if (!isPositive(distance)) return {};
    return { trail: exits.trailUnit === "amount" ? textOf(magnitude(distance), instrument.priceDecimals) : (percentAway(entry, to) ?? exits.trail) };
  }
  const [was, limit] = [typed(exits.stopPrice), typed(exits.stopLimit)];
  // The limit keeps its distance from the stop.
  const follows = exits.stopKind === "stopLimit" && was && limit ? plus(limit, minus(to, was)) : null;
  return follows && isPositive(follows) ? { stopPrice: text, stopLimit: textOf(follows, instrument.priceDecimals) } : { stopPrice: text };
}
