import type { ChainOutlookView, InstrumentView, MatchView, QuoteView } from "../../backend/backend";
import { useBackend } from "../../backend/context";
import { Figure } from "../../components/Figure";
import { type FigureShape, priceShape } from "../../components/figure-shape";
import { SearchBox } from "../../components/SearchBox";
import { hasOptions, securityKindWords } from "../../lib/words";
import { useLive, usePart } from "../../live/context";
import { NextDividend } from "./NextDividend";
import { NextEarnings } from "./NextEarnings";
import { PERCENT } from "./shapes";
import { VolatilityRank } from "./VolatilityRank";

interface Props {
  /** Null while none is chosen, or while it is being looked up. */
  readonly instrument: InstrumentView | null;
  readonly outlook: ChainOutlookView | null;
  /** Why there is no year of implied volatility. */
  readonly noHistory: string | null;
  readonly onUnderlying: (conId: number) => void;
}

/** What the options are on: its quote, its volatilities, and a way to another. */
export function UnderlyingHead({ instrument, outlook, noHistory, onUnderlying }: Props) {
  const backend = useBackend();
  return (
    <header className="chain-head">
      {instrument && (
        <div className="chain-underlying" data-testid="chain-underlying" data-con-id={instrument.conId}>
          <strong>{instrument.label}</strong> <span className="muted">{instrument.name ?? ""}</span>
          <dl className="chain-figures">
            <HeadFigure instrument={instrument} part="last" title="Last" shape={priceShape(instrument.priceDecimals)} why="No trade has come from the gateway yet" />
            <HeadFigure instrument={instrument} part="bid" title="Bid" shape={priceShape(instrument.priceDecimals)} why="No bid has come from the gateway yet" />
            <HeadFigure instrument={instrument} part="ask" title="Ask" shape={priceShape(instrument.priceDecimals)} why="No ask has come from the gateway yet" />
            <HeadFigure instrument={instrument} part="impliedVolatility" title="IV" tip="Implied volatility of its options, a year's" shape={PERCENT} why="The gateway has not told the implied volatility" />
            <HeadFigure instrument={instrument} part="historicalVolatility" title="HV" tip="Historical volatility of the last 30 days, a year's" shape={PERCENT} why="The gateway has not told the historical volatility" />
            <VolatilityRank rank={outlook?.volatilityRank ?? null} refused={noHistory} />
            {instrument.kind === "stock" && <NextDividend dividends={outlook?.dividends ?? null} currency={instrument.currency} />}
            {instrument.kind === "stock" && <NextEarnings />}
          </dl>
        </div>
      )}
      <SearchBox<MatchView>
        label={instrument ? "Another underlying" : "Underlying"}
        placeholder="Symbol or name"
        testId="chain-search"
        search={async (pattern) => (await backend.search(pattern)).filter(hasOptions)}
        keyOf={({ conId }) => String(conId)}
        render={(match) => (
          <>
            <strong className="match-symbol">{match.symbol}</strong>
            <span className="match-name">{match.name ?? ""}</span>
            <span className="hint">
              {securityKindWords(match.kind)} {match.exchange} {match.currency}
            </span>
          </>
        )}
        onChoose={({ conId }) => onUnderlying(conId)}
        nothing={(pattern) => `No stock or index matches “${pattern}”. Try its symbol or the first word of its name.`}
      />
    </header>
  );
}

interface FigureProps {
  readonly instrument: InstrumentView;
  readonly part: keyof Pick<QuoteView, "last" | "bid" | "ask" | "impliedVolatility" | "historicalVolatility">;
  readonly title: string;
  readonly tip?: string;
  readonly shape: FigureShape;
  readonly why: string;
}

function HeadFigure({ instrument, part, title, tip, shape, why }: FigureProps) {
  const { quotes } = useLive();
  const figure = usePart(quotes, String(instrument.conId), (quote) => quote?.[part]);
  const refused = usePart(quotes, String(instrument.conId), (quote) => quote?.refused ?? null);
  return (
    <div data-tip={tip}>
      <dt className="label">{title}</dt>
      <dd>
        <Figure figure={figure} shape={shape} why={refused ?? why} testId={`chain-underlying-${part}`} ticks />
      </dd>
    </div>
  );
}
