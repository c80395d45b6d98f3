import { Figure } from "../../components/Figure";
import { Unknown } from "../../components/Unknown";
import { magnitude, textOf, times } from "../../lib/arithmetic";
import { type Net, sideOf } from "../../lib/combo/net";
import { parseDecimal } from "../../lib/decimal";
import { money } from "../../lib/format";
import { optionPrice } from "./shapes";
import type { TrayLeg } from "./tray";
import type { TrayNet } from "./tray-net";

interface Props {
  readonly legs: readonly TrayLeg[];
  readonly net: TrayNet;
  /** With a price only when that is asked for. */
  readonly onOrder: (limitPrice: string) => void;
  /** Whether each leg goes to the ticket by itself. */
  readonly apart: boolean;
  readonly onApart: (apart: boolean) => void;
}

/** What the legs cost together, at once and halfway, in words; and the way to the ticket: together, or one after the other. */
export function TrayPrice({ legs, net, onOrder, apart, onApart }: Props) {
  const { natural, mid, decimals, limit } = net;
  return (
    <div className="tray-price">
      <NetLine title="Natural" net={natural} legs={legs} decimals={decimals} testId="tray-natural" />
      <NetLine title="Mid" net={mid} legs={legs} decimals={decimals} testId="tray-mid" />
      {apart && (
        <p className="hint" data-testid="tray-apart-says">
          Each leg is an order of its own, previewed and confirmed by itself. They may fill apart, or only some of them.
        </p>
      )}
      <span className="tray-actions">
        {legs.length > 1 && (
          <button type="button" aria-pressed={apart} onClick={() => onApart(!apart)} data-testid="tray-apart">
            {apart ? "Together again" : "One by one"}
          </button>
        )}
        {!apart && (
          <>
            <button type="button" className="primary" onClick={() => onOrder("")} data-testid="tray-order">
              To the ticket
            </button>
            <button type="button" disabled={limit === null} onClick={() => limit !== null && onOrder(limit)} data-testid="tray-order-mid">
              {limit === null ? "To the ticket at mid" : `To the ticket at ${limit}`}
            </button>
          </>
        )}
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
      <span className="label">{title}</span> {words} <Figure figure={{ value: textOf(size), at: net.at, source: net.source }} shape={optionPrice(decimals)} why="" testId={`${testId}-price`} /> {legs.some(({ instrument }) => instrument.adjusted) ? "a unit" : "a share"}{inAll(net, legs)}
    </span>
  );
}

/** What one of it moves in all; nothing when the multipliers differ or are not told. */
function inAll(net: Extract<Net, { known: true }>, legs: readonly TrayLeg[]): string {
  const options = legs.filter(({ instrument }) => instrument.kind === "option");
  const [first] = options.length > 0 ? options : legs;
  const same = first && options.every(({ instrument }) => instrument.multiplier === first.instrument.multiplier) && legs.every(({ instrument }) => instrument.currency === first.instrument.currency);
  const multiplier = same ? parseDecimal(first.instrument.multiplier) : null;
  return same && multiplier ? `, ${money(textOf(times(magnitude(net.price), multiplier)))} ${first.instrument.currency} for one` : "";
}
