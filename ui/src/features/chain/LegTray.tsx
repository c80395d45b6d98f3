import { useEffect, useState } from "react";
import { useBackend } from "../../backend/context";
import { comboName } from "../../lib/combo/strategy";
import { useValue } from "../../lib/value-store";
import { PayoffPanel } from "./PayoffPanel";
import { knownOf, type Tray, type TrayLeg, type TrayOrder } from "./tray";
import { TrayLine } from "./TrayLine";
import { TrayPrice } from "./TrayPrice";

interface Props {
  readonly tray: Tray;
  /** One account, or null for all. */
  readonly account: string | null;
  readonly onOrder: (order: TrayOrder) => void;
}

/** The legs picked so far, what they are called and cost together, and the way to the ticket. */
export function LegTray({ tray, account, onOrder }: Props) {
  const legs = useValue(tray.legs);
  const [pictured, setPictured] = useState(false);
  const refusal = useValue(tray.refusal);
  useQuoted(legs);
  return (
    <section className="tray" aria-label="Legs picked" data-testid="tray" data-count={legs.length}>
      {legs.length === 0 ? (
        <p className="hint">Click a bid to sell or an ask to buy. By keys: arrows, a strike typed, Enter at a bid or ask, Shift+Enter for the other side.</p>
      ) : (
        <>
          <header className="tray-head">
            <h2 data-testid="tray-name" aria-live="polite">
              {nameOf(legs)}
            </h2>
            <button type="button" className="small tray-payoff" aria-expanded={pictured} onClick={() => setPictured(!pictured)} data-testid="tray-payoff">
              Payoff
            </button>
            <button type="button" className="small" onClick={() => tray.clear()} data-testid="tray-clear">
              Remove all
            </button>
          </header>
          {pictured && <PayoffPanel legs={legs} account={account} />}
          <ul className="tray-legs" aria-label="Legs">
            {legs.map((leg) => (
              <TrayLine key={leg.conId} leg={leg} onTurn={() => tray.change(leg.conId, { side: leg.side === "buy" ? "sell" : "buy" })} onRatio={(ratio) => tray.change(leg.conId, { ratio })} onRemove={() => tray.remove(leg.conId)} />
            ))}
          </ul>
          <TrayPrice legs={legs} onOrder={onOrder} />
        </>
      )}
      {refusal && (
        <p className="fault-note" role="alert" data-testid="tray-refusal">
          {refusal}
        </p>
      )}
    </section>
  );
}

function nameOf(legs: readonly TrayLeg[]): string {
  const [first, second] = legs;
  if (!first) return "";
  if (!second) return `${first.side === "buy" ? "Buy" : "Sell"} ${first.instrument.label}`;
  return `${first.instrument.symbol} ${comboName(legs, knownOf(legs))}`;
}

/** Keeps quotes of the legs coming when their rows are out of sight. */
function useQuoted(legs: readonly TrayLeg[]): void {
  const backend = useBackend();
  const names = legs.map(({ conId }) => conId).toSorted((a, b) => a - b).join(" ");
  useEffect(() => {
    const conIds = names === "" ? [] : names.split(" ").map(Number);
    // A quote that can't be had shows as unknown, with the broker's reason.
    for (const conId of conIds) backend.watch(conId).catch(() => undefined);
    return () => {
      for (const conId of conIds) backend.unwatch(conId).catch(() => undefined);
    };
  }, [backend, names]);
}
