import { Figure } from "../../components/Figure";
import { Unknown } from "../../components/Unknown";
import { magnitude, textOf, times } from "../../lib/arithmetic";
import { finestStep, limitOf, midOf, naturalOf, type Net, sideOf } from "../../lib/combo/net";
import { parseDecimal } from "../../lib/decimal";
import { money } from "../../lib/format";
import { useQuotes } from "../../live/quotes";
import { optionPrice } from "./shapes";
import { plainLegs, type TrayLeg, type TrayOrder } from "./tray";

interface Props {
  readonly legs: readonly TrayLeg[];
  readonly onOrder: (order: TrayOrder) => void;
}

/** What the legs cost together, at once and halfway, in words; and the way to the ticket, with a price only when that is asked for. */
export function TrayPrice({ legs, onOrder }: Props) {
  const quotes = useQuotes(legs.map(({ conId }) => conId));
  const [only, second] = legs;
  const single = only && !second ? only : null;
  // The ticket counts one option by itself; its price is that of one.
  const markets = legs.map((leg, i) => ({ leg, weight: single ? 1 : leg.ratio, label: leg.instrument.label, quote: quotes[i] }));
  const natural = naturalOf(markets, 1);
  const mid = midOf(markets, 1);
  const decimals = Math.max(2, ...legs.map(({ instrument }) => instrument.priceDecimals));
  const paid = mid.known ? mid : natural;
  const side = single ? single.side : ((paid.known ? sideOf(paid.price) : null) ?? "buy");
  const step = (single?.instrument.tick ? parseDecimal(single.instrument.tick) : null) ?? finestStep(legs.map(({ instrument }) => instrument));
  const limit = mid.known ? limitOf(mid.price, step, decimals) : null;
  const order = (limitPrice: string) => onOrder({ legs: plainLegs(legs), instruments: legs.map(({ instrument }) => instrument), side, limitPrice });
  return (
    <div className="tray-price">
      <NetLine title="Natural" net={natural} legs={legs} decimals={decimals} testId="tray-natural" />
      <NetLine title="Mid" net={mid} legs={legs} decimals={decimals} testId="tray-mid" />
      <span className="tray-actions">
        <button type="button" className="primary" onClick={() => order("")} data-testid="tray-order">
          To the ticket
        </button>
        <button type="button" disabled={limit === null} onClick={() => limit !== null && order(limit)} data-testid="tray-order-mid">
          {limit === null ? "To the ticket at mid" : `To the ticket at ${limit}`}
        </button>
      </span>
    </div>
  );
}

interface NetProps {
  readonly title: string;
  readonly net: Net;
  readonly legs: readonly TrayLeg[];
  readonly decimals: number;
  readonly testId: string;
}

function NetLine({ title, net, legs, decimals, testId }: NetProps) {
  if (!net.known) {
    return (
      <span data-testid={testId}>
        <span className="label">{title}</span> <Unknown why={net.why} />
      </span>
    );
  }
  const size = magnitude(net.price);
  const side = sideOf(net.price);
  const words = side === "buy" ? "you pay" : side === "sell" ? "you receive" : "nothing is paid:";
  return (
    <span data-testid={testId} data-side={side ?? undefined}>
      <span className="label">{title}</span> {words} <Figure figure={{ value: textOf(size), at: net.at, source: net.source }} shape={optionPrice(decimals)} why="" testId={`${testId}-price`} /> a share{inAll(net, legs)}
    </span>
  );
}

/** What one of it moves in all; nothing when the multipliers differ or are not told. */
function inAll(net: Extract<Net, { known: true }>, legs: readonly TrayLeg[]): string {
  const [first] = legs;
  const same = first && legs.every(({ instrument }) => instrument.multiplier === first.instrument.multiplier && instrument.currency === first.instrument.currency);
  const multiplier = same ? parseDecimal(first.instrument.multiplier) : null;
  return same && multiplier ? `, ${money(textOf(times(magnitude(net.price), multiplier)))} ${first.instrument.currency} for one` : "";
}
