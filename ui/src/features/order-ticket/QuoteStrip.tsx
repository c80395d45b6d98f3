import { useEffect } from "react";
import type { InstrumentView, QuoteView } from "../../backend/backend";
import { Figure } from "../../components/Figure";
import { priceShape } from "../../components/figure-shape";
import { useLive, usePart } from "../../live/context";

interface Props {
  readonly instrument: InstrumentView;
  /** A click on a price takes it as the limit. */
  readonly onPrice: (price: string) => void;
}

interface StripProps extends Props {
  /** The first price has come, or none will come: what hung on it can be judged anew. */
  readonly onTold: () => void;
}

/** Bid, ask and last of the chosen instrument. */
export function QuoteStrip({ instrument, onPrice, onTold }: StripProps) {
  const { quotes } = useLive();
  const isTold = usePart(quotes, String(instrument.conId), (quote) => quote !== undefined && [quote.bid, quote.ask, quote.last].some(({ value }) => value !== null));
  const refused = usePart(quotes, String(instrument.conId), (quote) => quote?.refused ?? null);
  useEffect(onTold, [onTold, isTold, refused]);
  const cell = { instrument, onPrice };
  return (
    <div className="quote-strip" role="group" aria-label={`Quote of ${instrument.label}`} data-testid="ticket-quote">
      <QuoteCell {...cell} part="bid" title="Bid" why={refused} />
      <QuoteCell {...cell} part="ask" title="Ask" why={refused} />
      <QuoteCell {...cell} part="last" title="Last" why={refused} />
      {refused && <p className="hint block">{refused}</p>}
    </div>
  );
}

interface CellProps extends Props {
  readonly part: keyof Pick<QuoteView, "bid" | "ask" | "last">;
  readonly title: string;
  readonly why: string | null;
}

function QuoteCell({ instrument, onPrice, part, title, why }: CellProps) {
  const figure = usePart(useLive().quotes, String(instrument.conId), (quote) => quote?.[part]);
  const value = figure?.value ?? null;
  return (
    <button
      type="button"
      className="quote-cell"
      disabled={value === null}
      onClick={() => value !== null && onPrice(value)}
      aria-description="Use as the price of the order"
    >
      <span className="label">{title}</span>{" "}
      <Figure
        figure={figure}
        shape={priceShape(instrument.priceDecimals)}
        why={why ?? `No ${title.toLowerCase()} has come from the gateway yet`}
        testId={`ticket-${part}`}
        ticks
      />
    </button>
  );
}
