import type { Figure as FigureView, InstrumentView, ModelledView, QuoteView, Right } from "../../backend/backend";
import { QUANTITY } from "../../components/figure-shape";
import { Figure } from "../../components/Figure";
import { DASH, formatDecimal } from "../../lib/format";
import { useLive, usePart } from "../../live/context";
import type { ColumnId } from "./choices";
import { midFigure, spotOf, valueParts } from "./money";
import { COUNT, greekShape, optionPrice, PERCENT } from "./shapes";

interface Props {
  readonly option: InstrumentView;
  /** The conId of the underlying. */
  readonly underlying: number;
  /** One account, or null for all. */
  readonly account: string | null;
}

type Greek = "delta" | "gamma" | "theta" | "vega";
const GREEKS = { delta: greekShape(2), gamma: greekShape(4), theta: greekShape(3), vega: greekShape(3) };
const PRICES = "No quote has come from the gateway yet";

/** What one column says of one option. */
export function OptionCell({ column, ...props }: Props & { readonly column: ColumnId }) {
  switch (column) {
    case "bid":
    case "ask":
    case "last":
      return <Quoted {...props} part={column} />;
    case "volume":
    case "openInterest":
      return <Quoted {...props} part={column} />;
    case "size":
      return <Sizes {...props} />;
    case "iv":
    case "delta":
    case "gamma":
    case "theta":
    case "vega":
      return <Greek {...props} greek={column} />;
    case "rho":
    case "chanceIn":
    case "chanceOut":
    case "chanceTouch":
    case "breakeven":
      return <Modelled {...props} part={column} />;
    case "mid":
      return <Mid {...props} />;
    case "intrinsic":
    case "extrinsic":
      return <Worth {...props} part={column} />;
    case "position":
      return <Held {...props} />;
  }
}

function useQuotePart<P>(option: InstrumentView, part: (quote: QuoteView | undefined) => P): P {
  return usePart(useLive().quotes, String(option.conId), part);
}

const refusedOf = (quote: QuoteView | undefined): string | null => quote?.refused ?? null;

function Quoted({ option, part }: Props & { readonly part: "bid" | "ask" | "last" | "volume" | "openInterest" }) {
  const figure = useQuotePart(option, (quote) => quote?.[part]);
  const refused = useQuotePart(option, refusedOf);
  const isPrice = part === "bid" || part === "ask" || part === "last";
  const why = figure === undefined ? PRICES : `The gateway tells no ${part === "openInterest" ? "open interest" : part} of it`;
  return <Figure figure={figure} shape={isPrice ? optionPrice(option.priceDecimals) : COUNT} why={refused ?? why} ticks={isPrice} />;
}

function Sizes({ option }: Props) {
  const bid = useQuotePart(option, (quote) => quote?.bidSize.value ?? null);
  const ask = useQuotePart(option, (quote) => quote?.askSize.value ?? null);
  const write = (size: string | null): string => (size === null ? DASH : formatDecimal(size, { places: 0 }));
  return <span className="number">{`${write(bid)} × ${write(ask)}`}</span>;
}

function Greek({ option, greek }: Props & { readonly greek: "iv" | Greek }) {
  const figure = useQuotePart(option, (quote) => quote?.greeks?.[greek === "iv" ? "impliedVolatility" : greek]);
  const refused = useQuotePart(option, refusedOf);
  return <Figure figure={figure} shape={greek === "iv" ? PERCENT : GREEKS[greek]} why={refused ?? "No greeks have come from the gateway yet, and there is no quote to reckon them from"} />;
}

const MODEL_SHAPES = { rho: greekShape(3), chanceIn: PERCENT, chanceOut: PERCENT, chanceTouch: PERCENT };

function Modelled({ option, part }: Props & { readonly part: keyof ModelledView }) {
  const figure = useQuotePart(option, (quote) => quote?.model?.[part]);
  const refused = useQuotePart(option, refusedOf);
  const shape = part === "breakeven" ? optionPrice(option.priceDecimals) : MODEL_SHAPES[part];
  const why = part === "breakeven" ? "There is not both a bid and an ask" : "The model needs a volatility and a price of the underlying";
  return <Figure figure={figure} shape={shape} why={refused ?? why} />;
}

function useMid(option: InstrumentView): FigureView {
  return midFigure(useQuotePart(option, (quote) => quote?.bid), useQuotePart(option, (quote) => quote?.ask));
}

function Mid({ option }: Props) {
  const refused = useQuotePart(option, refusedOf);
  return <Figure figure={useMid(option)} shape={optionPrice(option.priceDecimals)} why={refused ?? "There is not both a bid and an ask"} />;
}

function Worth({ option, underlying, part }: Props & { readonly part: "intrinsic" | "extrinsic" }) {
  const mid = useMid(option);
  const spot = usePart(useLive().quotes, String(underlying), (quote) => spotOf(quote).value);
  const at = usePart(useLive().quotes, String(underlying), (quote) => spotOf(quote).at);
  const source = usePart(useLive().quotes, String(underlying), (quote) => spotOf(quote).source);
  const parts = valueParts(option.right ?? ("call" satisfies Right), option.strike ?? "", { value: spot, at, source }, mid);
  const why = spot === null ? "There is no price of the underlying" : "There is not both a bid and an ask";
  return <Figure figure={parts[part]} shape={optionPrice(option.priceDecimals)} why={why} />;
}

/** Empty when nothing is held. */
function Held({ option, account }: Props) {
  const { positions, merged } = useLive();
  const one = usePart(positions, `${account}:${option.conId}`, (position) => position?.quantity);
  const all = usePart(merged, String(option.conId), (position) => position?.quantity);
  const figure = account === null ? all : one;
  return figure ? <Figure figure={figure} shape={QUANTITY} why="The broker has not told the quantity" /> : null;
}
