import { useEffect, useRef, useState } from "react";
import { useBackend } from "../../backend/context";
import { comboName } from "../../lib/combo/strategy";
import { useValue } from "../../lib/value-store";
import { useQuotes } from "../../live/quotes";
import { PayoffPanel } from "./PayoffPanel";
import { type TrayPlace, strikeBeside } from "./strategy-ask";
import { StrategyMenu } from "./StrategyMenu";
import { knownOf, type Tray, type TrayLeg, type TrayOrder } from "./tray";
import { netOf, orderOf } from "./tray-net";
import { TrayEdge } from "./TrayEdge";
import { TrayLine } from "./TrayLine";
import { TrayPrice } from "./TrayPrice";

interface Props {
  readonly tray: Tray;
  /** The chain on show; null while there is none. */
  readonly place: TrayPlace | null;
  /** One account, or null for all. */
  readonly account: string | null;
  readonly onOrder: (order: TrayOrder) => void;
}

// Of the window's height, when the payoff is open: most of the rest stays the chain's.
const USUAL_SHARE = 42;

/** The legs picked so far, what they are called, come to and cost together, and the way to the ticket. */
export function LegTray({ tray, place, account, onOrder }: Props) {
  const backend = useBackend();
  const legs = useValue(tray.legs);
  const aim = useValue(tray.aim);
  const refusal = useValue(tray.refusal);
  const own = useValue(tray.supposed.volatilities);
  const [pictured, setPictured] = useState(false);
  const [apart, setApart] = useState(false);
  useQuoted(legs);
  const net = netOf(legs, useQuotes(legs.map(({ conId }) => conId)));
  const step = async (conId: number, by: 1 | -1) => {
    const next = await strikeBeside(backend, conId, by).catch(() => null);
    if (!next) return tray.refusal.set("There is no further strike.");
    tray.move(conId, next);
  };
  const section = useRef<HTMLElement>(null);
  const [share, setShare] = useState(USUAL_SHARE);
  const isPictured = pictured && legs.length > 0;
  const alone = apart && legs.length > 1;
  return (
    <section ref={section} className={isPictured ? "tray pictured" : "tray"} style={isPictured ? { height: `${share}vh` } : undefined} aria-label="Legs picked" data-testid="tray" data-count={legs.length}>
      {isPictured && <TrayEdge tray={section} share={share} onShare={setShare} />}
      <div className="tray-top">
        {place && <StrategyMenu key={place.underlying.conId} tray={tray} place={place} account={account} />}
        {legs.length > 0 && (
          <header className="tray-head">
            <h2 data-testid="tray-name" aria-live="polite">
              {nameOf(legs, aim?.rolls ?? null)}
            </h2>
            {aim && (
              <span className="hint" data-testid="tray-aim">
                {aim.quantity} of it in {aim.account}
              </span>
            )}
            <button type="button" className="small tray-payoff" aria-expanded={pictured} onClick={() => setPictured(!pictured)} data-testid="tray-payoff">
              Payoff
            </button>
            <button type="button" className="small" onClick={() => tray.turn()} data-testid="tray-turn">
              Turn round
            </button>
            <button type="button" className="small" onClick={() => tray.clear()} data-testid="tray-clear">
              Remove all
            </button>
          </header>
        )}
      </div>
      {legs.length === 0 ? (
        <p className="hint">Click a bid to sell or an ask to buy, or choose a strategy by name. By keys: arrows, a strike typed, Enter at a bid or ask, Shift+Enter for the other side.</p>
      ) : (
        <>
          <div className="tray-body">
            {isPictured && <PayoffPanel legs={legs} net={net} account={aim?.account ?? account} supposed={tray.supposed} onMove={(conId, to) => tray.move(conId, to)} />}
            <ul className="tray-legs" aria-label="Legs">
              {legs.map((leg, i) => (
                <TrayLine
                  key={i}
                  leg={leg}
                  own={own.get(leg.conId) ?? null}
                  onSuppose={(percent) => tray.supposed.suppose(leg.conId, percent)}
                  onTurn={() => tray.change(leg.conId, { side: leg.side === "buy" ? "sell" : "buy" })}
                  onRatio={(ratio) => tray.change(leg.conId, { ratio })}
                  onStep={(by) => void step(leg.conId, by)}
                  onAlone={alone ? () => onOrder({ ...orderOf([leg], leg.side, "", null), account: aim?.account ?? null }) : null}
                  onRemove={() => tray.remove(leg.conId)}
                />
              ))}
            </ul>
          </div>
          <TrayPrice legs={legs} net={net} apart={alone} onApart={setApart} onOrder={(limitPrice) => onOrder(orderOf(legs, net.side, limitPrice, aim))} />
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

function nameOf(legs: readonly TrayLeg[], rolls: string | null): string {
  const [first, second] = legs;
  if (!first) return "";
  if (!second) return `${first.side === "buy" ? "Buy" : "Sell"} ${first.instrument.label}`;
  return `${first.instrument.symbol} ${rolls === null ? comboName(legs, knownOf(legs)) : `Roll of ${rolls}`}`;
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
