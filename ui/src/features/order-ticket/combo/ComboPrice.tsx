import type { Side } from "../../../backend/backend";
import { Figure } from "../../../components/Figure";
import { priceShape } from "../../../components/figure-shape";
import { Unknown } from "../../../components/Unknown";
import { magnitude, textOf } from "../../../lib/arithmetic";
import { instrumentOf, type KnownLegs, weightOf } from "../../../lib/combo/known";
import { finestStep, limitOf, midOf, naturalOf, type Net, sideOf } from "../../../lib/combo/net";
import type { Decimal } from "../../../lib/decimal";
import type { Ticket, TicketState } from "../ticket";
import { useQuotes } from "../../../live/quotes";

interface Props {
  readonly ticket: Ticket;
  readonly state: TicketState;
  readonly known: KnownLegs;
}

/** What the legs cost together, in words: at once, and halfway. A click takes the price and whether it is paid or received. */
export function ComboPrice({ ticket, state, known }: Props) {
  const { legs, side } = state.draft;
  const quotes = useQuotes(legs.map(({ conId }) => conId));
  const markets = legs.map((leg, i) => ({ leg, weight: weightOf(leg, legs, known), label: instrumentOf(known, leg.conId)?.label ?? `contract ${leg.conId}`, quote: quotes[i] }));
  const step = finestStep(legs.map(({ conId }) => instrumentOf(known, conId)));
  const decimals = Math.max(2, ...legs.map(({ conId }) => instrumentOf(known, conId)?.priceDecimals ?? 2));
  const natural = naturalOf(markets);
  const mid = midOf(markets);
  // A change keeps whether it is paid or received.
  const kept = state.changing === null ? null : side;
  const shown = { ticket, step, decimals, kept };
  return (
    <>
      <div className="combo-price" role="group" aria-label="Price of the combination" data-testid="combo-price">
        <NetCell {...shown} title="Natural" net={natural} testId="combo-natural" />
        <NetCell {...shown} title="Mid" net={mid} testId="combo-mid" />
      </div>
      <p role="status" className="combo-across" data-testid="combo-across">
        {acrossWords(side, natural, mid)}
      </p>
    </>
  );
}

/** Said when the market pays for what the ticket would pay for, or the other way round. */
function acrossWords(side: "buy" | "sell", natural: Net, mid: Net): string {
  if (!natural.known || !mid.known) return "";
  const market = sideOf(natural.price);
  if (market === null || market === side || sideOf(mid.price) !== market) return "";
  return side === "buy"
    ? "The ticket says that you pay, and at these quotes you would receive: a limit there is on the other side of the market."
    : "The ticket says that you receive, and at these quotes you would pay: a limit there is on the other side of the market.";
}

interface CellProps {
  readonly ticket: Ticket;
  readonly title: string;
  readonly net: Net;
  readonly step: Decimal;
  readonly decimals: number;
  /** The only side that it may have; null for any. */
  readonly kept: Side | null;
  readonly testId: string;
}

function NetCell({ ticket, title, net, step, decimals, kept, testId }: CellProps) {
  if (!net.known) {
    return (
      <span className="net-cell" data-testid={testId}>
        <span className="label">{title}</span> <Unknown why={net.why} />
      </span>
    );
  }
  const { price, at, source } = net;
  const side = sideOf(price);
  const limit = limitOf(price, step, decimals);
  const words = side === "buy" ? "you pay" : side === "sell" ? "you receive" : "nothing is paid:";
  const turned = kept !== null && side !== kept;
  const usable = side !== null && limit !== null && !turned;
  const tip = usable ? `Use ${limit} as the limit price` : turned ? "A change keeps whether you pay or receive" : "A limit price is above zero";
  return (
    <button type="button" className="net-cell" disabled={!usable} aria-description={tip} data-tip={tip} onClick={() => usable && ticket.edit({ side, limitPrice: limit, orderType: "limit" })} data-testid={testId} data-side={side ?? undefined}>
      <span className="label">{title}</span> <span>{words}</span> <Figure figure={{ value: textOf(magnitude(price)), at, source }} shape={priceShape(decimals)} why="" testId={`${testId}-price`} />
    </button>
  );
}
