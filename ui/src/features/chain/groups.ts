import { useRef } from "react";
import type { ChainOutlookView, OptionClassView, StrikesView, StrikeView } from "../../backend/backend";
import { type Decimal, parseDecimal } from "../../lib/decimal";
import { useLive, usePart } from "../../live/context";
import type { Board } from "./boards";
import type { Group } from "./lines";
import { type Money, moneyOf, NONE as NO_PRICE, spotOf } from "./money";
import { outlookOf } from "./outlook";
import { type Range, RANGE_WORDS, rangeOf } from "./range";

interface Listed {
  readonly rows: readonly StrikeView[];
  readonly strikes: readonly Decimal[];
}

interface Kept {
  readonly range: Range;
  readonly centre: number;
  readonly span: readonly [number, number];
}

const listedOf = new WeakMap<StrikesView, Listed>();
const NOTHING: Listed = { rows: [], strikes: [] };

function listed(board: Board): Listed {
  if (board.at !== "there") return NOTHING;
  const known = listedOf.get(board.value);
  if (known) return known;
  const read = board.value.rows.flatMap((row) => {
    const strike = parseDecimal(row.strike);
    return strike ? [{ row, strike }] : [];
  });
  const made = { rows: read.map(({ row }) => row), strikes: read.map(({ strike }) => strike) };
  listedOf.set(board.value, made);
  return made;
}

/** The strikes of each expiry as they are shown: those within the range, with the money and the bands among them. */
export function useGroups(underlying: number, chosen: OptionClassView, expiries: readonly string[], boardOf: (expiry: string) => Board, outlook: ChainOutlookView | null, range: Range): readonly Group[] {
  const boards = expiries.map((expiry) => ({ expiry, board: boardOf(expiry), ...listed(boardOf(expiry)) }));
  // A plain text, so that the table is drawn anew only when the money moves to another strike.
  const places = usePart(useLive().quotes, String(underlying), (quote) => {
    // What an adjusted option is in the money by is not told by the price of its underlying.
    const spot = chosen.adjusted ? NO_PRICE : spotOf(quote);
    return boards.map(({ strikes }) => placeText(moneyOf(strikes, spot))).join(";");
  }).split(";");
  const kept = useRef(new Map<string, Kept>());
  return boards.flatMap(({ expiry, board, rows, strikes }, i): Group[] => {
    const view = chosen.expiries.find((one) => one.expiry === expiry);
    if (!view) return [];
    const money = placeOf(places[i] ?? "");
    const mine = outlookOf(outlook, expiry);
    const name = `${underlying} ${chosen.tradingClass} ${expiry} ${strikes.length}`;
    const [first, end] = spanOf(kept.current, name, range, strikes, money, () => rangeOf(RANGE_WORDS[range].kind, strikes, money?.nearest ?? 0, mine?.withinDelta ?? null));
    return [
      {
        expiry: view,
        rows: rows.slice(first, end),
        strikes: strikes.slice(first, end),
        money: money && { below: money.below - first, upTo: money.upTo - first, nearest: money.nearest - first },
        listed: rows.length,
        says: board.at === "there" ? null : board.at === "failed" ? "could not be had" : "being asked for",
        outlook: mine,
      },
    ];
  });
}

/** Which rows are shown. It stays until the money has moved well away: rows must not slip away under the pointer. */
function spanOf(kept: Map<string, Kept>, name: string, range: Range, strikes: readonly Decimal[], money: Money | null, make: () => readonly [number, number] | null): readonly [number, number] {
  const all: readonly [number, number] = [0, strikes.length];
  if (range === "all" || money === null) return all;
  const before = kept.get(name);
  if (before?.range === range) {
    const slack = Math.max(2, Math.floor((before.span[1] - before.span[0]) / 4));
    if (Math.abs(before.centre - money.nearest) <= slack) return before.span;
  }
  const span = make();
  // What is not known yet hides nothing.
  if (!span || span[0] >= span[1]) return all;
  kept.set(name, { range, centre: money.nearest, span });
  return span;
}

function placeText(money: Money | null): string {
  return money ? `${money.below} ${money.upTo} ${money.nearest}` : "";
}

function placeOf(text: string): Money | null {
  const [below, upTo, nearest] = text === "" ? [] : text.split(" ").map(Number);
  return below === undefined || upTo === undefined || nearest === undefined ? null : { below, upTo, nearest };
}
