import type { InstrumentView, LegInput } from "../../../backend/backend";
import { Figure } from "../../../components/Figure";
import { priceShape } from "../../../components/figure-shape";
import { Pick } from "../../../components/Pick";
import type { LegKnown } from "../../../lib/combo/known";
import { useLive, usePart } from "../../../live/context";

const COMMON = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10"];

interface Props {
  readonly leg: LegInput;
  readonly known: LegKnown | undefined;
  /** A working order's leg, which is not changed. */
  readonly fixed: boolean;
  readonly onChange: (patch: Partial<Omit<LegInput, "conId">>) => void;
  readonly onRemove: () => void;
}

/** One leg: what is done with it, how many for one combination, and its market. */
export function LegLine({ leg, known, fixed, onChange, onRemove }: Props) {
  const instrument = known && "instrument" in known ? known.instrument : null;
  const error = known && "error" in known ? known.error : null;
  const label = instrument?.label ?? `Contract ${leg.conId}`;
  const verb = leg.side === "buy" ? "Buy" : "Sell";
  const ratios = COMMON.includes(String(leg.ratio)) ? COMMON : [...COMMON, String(leg.ratio)];
  return (
    <li className={`leg leg-${leg.side}`} data-testid={`leg-${leg.conId}`} data-side={leg.side} data-ratio={leg.ratio}>
      <span className="leg-does">
        {fixed ? (
          <span className="leg-side">{verb}</span>
        ) : (
          <button type="button" className="small leg-side" aria-label={`${verb} ${label}: turn to ${leg.side === "buy" ? "sell" : "buy"}`} onClick={() => onChange({ side: leg.side === "buy" ? "sell" : "buy" })} data-testid={`leg-side-${leg.conId}`}>
            {verb}
          </button>
        )}
        {fixed || instrument?.kind === "stock" ? (
          <span className="leg-ratio">{leg.ratio}</span>
        ) : (
          <Pick label={`How many ${label} for one combination`} options={ratios.map((value) => ({ value, label: value }))} value={String(leg.ratio)} onChange={(value) => onChange({ ratio: Number(value) })} testId={`leg-ratio-${leg.conId}`} />
        )}
      </span>
      <strong className="leg-label">{instrument ? termsOf(instrument) : label}</strong>
      {!fixed && (
        <button type="button" className="quiet leg-remove" aria-label={`Remove ${label}`} onClick={onRemove} data-testid={`leg-remove-${leg.conId}`}>
          ×
        </button>
      )}
      <span className="leg-market">
        <LegPrice leg={leg} part="bid" title="Bid" decimals={instrument?.priceDecimals ?? 2} />
        <LegPrice leg={leg} part="ask" title="Ask" decimals={instrument?.priceDecimals ?? 2} />
      </span>
      {error && (
        <p className="fault-note" role="alert">
          {error}
        </p>
      )}
      {!known && <p className="hint block">Looking it up…</p>}
    </li>
  );
}

/** The heading over the legs names their underlying. */
function termsOf({ label, symbol, kind }: InstrumentView): string {
  if (kind === "stock") return `${symbol} shares`;
  return label.startsWith(`${symbol} `) ? label.slice(symbol.length + 1) : label;
}

interface PriceProps {
  readonly leg: LegInput;
  readonly part: "bid" | "ask";
  readonly title: string;
  readonly decimals: number;
}

function LegPrice({ leg, part, title, decimals }: PriceProps) {
  const { quotes } = useLive();
  const figure = usePart(quotes, String(leg.conId), (quote) => quote?.[part]);
  const refused = usePart(quotes, String(leg.conId), (quote) => quote?.refused ?? null);
  return (
    <span>
      <span className="label">{title}</span> <Figure figure={figure} shape={priceShape(decimals)} why={refused ?? `No ${part} has come from the gateway yet`} testId={`leg-${part}-${leg.conId}`} ticks />
    </span>
  );
}
