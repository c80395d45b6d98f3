import { useCallback } from "react";
import type { Figure as FigureView, InstrumentView, ModelledView, QuoteView } from "../../backend/backend";
import { type FigureShape, QUANTITY } from "../../components/figure-shape";
import { Figure } from "../../components/Figure";
import { LiveFigure, type Told } from "../../components/LiveFigure";
import { Unknown } from "../../components/Unknown";
import { DASH, formatDecimal } from "../../lib/format";
import { useLive, usePart } from "../../live/context";
import type { ColumnId } from "./choices";
import { midFigure, spotOf, valueParts } from "./money";
import { COUNT, greekShape, halfwayPrice, optionPrice, PERCENT } from "./shapes";

interface Props {
  readonly option: InstrumentView;
  /** The conId of the underlying. */
  readonly underlying: number;
  /** One account, or null for all. */
  readonly account: string | null;
  /** The row's place in the table. */
  readonly place: number;
}

type Quote = QuoteView | undefined;
/** What a figure of the quote is, or why it is not known. */
type Read = (quote: Quote) => Told;

const NO_PAIR = "There is not both a bid and an ask";
const NO_GREEKS = "No greeks have come from the gateway yet, and there is no quote to reckon them from";
const ADJUSTED = "What an adjusted option delivers is not known, so nothing is reckoned of it";
const NO_MODEL = "The model needs a volatility and a price of the underlying";

const quoted =
  (part: "bid" | "ask" | "last" | "volume" | "openInterest", words: string): Read =>
  (quote) => ({ figure: quote?.[part], why: quote?.refused ?? (quote ? `The gateway tells no ${words} of it` : "No quote has come from the gateway yet") });
const greek =
  (part: "impliedVolatility" | "delta" | "gamma" | "theta" | "vega"): Read =>
  (quote) => ({ figure: quote?.greeks?.[part], why: quote?.refused ?? NO_GREEKS });
const modelled =
  (part: keyof ModelledView): Read =>
  (quote) => ({ figure: quote?.model?.[part], why: quote?.refused ?? (part === "breakeven" ? NO_PAIR : NO_MODEL) });
const mid: Read = (quote) => ({ figure: midOf(quote), why: quote?.refused ?? NO_PAIR });

function midOf(quote: Quote): FigureView {
  return midFigure(quote?.bid, quote?.ask);
}

/** By column; a price has the decimals of its option. */
const READS: Partial<Record<ColumnId, { readonly read: Read; readonly shape: FigureShape | "price" | "halfway"; readonly ticks?: boolean }>> = {
  bid: { read: quoted("bid", "bid"), shape: "price", ticks: true },
  ask: { read: quoted("ask", "ask"), shape: "price", ticks: true },
  last: { read: quoted("last", "last"), shape: "price", ticks: true },
  volume: { read: quoted("volume", "volume"), shape: COUNT },
  openInterest: { read: quoted("openInterest", "open interest"), shape: COUNT },
  iv: { read: greek("impliedVolatility"), shape: PERCENT },
  delta: { read: greek("delta"), shape: greekShape(2) },
  gamma: { read: greek("gamma"), shape: greekShape(4) },
  theta: { read: greek("theta"), shape: greekShape(3) },
  vega: { read: greek("vega"), shape: greekShape(3) },
  rho: { read: modelled("rho"), shape: greekShape(3) },
  chanceIn: { read: modelled("chanceIn"), shape: PERCENT },
  chanceOut: { read: modelled("chanceOut"), shape: PERCENT },
  chanceTouch: { read: modelled("chanceTouch"), shape: PERCENT },
  breakeven: { read: modelled("breakeven"), shape: "halfway" },
  mid: { read: mid, shape: "halfway" },
};

/** What is reckoned from the price of the underlying. */
const RECKONED: ReadonlySet<ColumnId> = new Set(["rho", "chanceIn", "chanceOut", "chanceTouch", "breakeven", "intrinsic", "extrinsic"]);

/** What one column says of one option. */
export function OptionCell({ column, ...props }: Props & { readonly column: ColumnId }) {
  const { quotes } = useLive();
  const { option, place } = props;
  const known = READS[column];
  if (option.adjusted && RECKONED.has(column)) return <Unknown why={ADJUSTED} />;
  if (known) {
    const { read, shape, ticks } = known;
    return <LiveFigure store={quotes} of={String(option.conId)} read={read} shape={shape === "price" ? optionPrice(option.priceDecimals) : shape === "halfway" ? halfwayPrice(option.priceDecimals) : shape} ticks={ticks} place={place} />;
  }
  if (column === "size") return <Sizes {...props} />;
  if (column === "intrinsic" || column === "extrinsic") return <Worth {...props} part={column} />;
  return <Held {...props} />;
}

function Sizes({ option }: Props) {
  const write = (size: string | null | undefined): string => (size == null ? DASH : formatDecimal(size, { places: 0 }));
  const text = usePart(useLive().quotes, String(option.conId), (quote) => `${write(quote?.bidSize.value)} × ${write(quote?.askSize.value)}`);
  return <span className="number">{text}</span>;
}

function Worth({ option, underlying, place, part }: Props & { readonly part: "intrinsic" | "extrinsic" }) {
  const { right, strike, conId, priceDecimals } = option;
  const read = useCallback(
    (quote: Quote, beside: Quote): Told => {
      const spot = spotOf(beside);
      const why = spot.value === null ? "There is no price of the underlying" : NO_PAIR;
      return { figure: valueParts(right ?? "call", strike ?? "", spot, midOf(quote))[part], why };
    },
    [right, strike, part],
  );
  return <LiveFigure store={useLive().quotes} of={String(conId)} beside={String(underlying)} read={read} shape={part === "intrinsic" ? optionPrice(priceDecimals) : halfwayPrice(priceDecimals)} place={place} />;
}

/** Empty when nothing is held. */
function Held({ option, account }: Props) {
  const { positions, merged } = useLive();
  const one = usePart(positions, `${account}:${option.conId}`, (position) => position?.quantity);
  const all = usePart(merged, String(option.conId), (position) => position?.quantity);
  const figure = account === null ? all : one;
  return figure ? <Figure figure={figure} shape={QUANTITY} why="The broker has not told the quantity" /> : null;
}
