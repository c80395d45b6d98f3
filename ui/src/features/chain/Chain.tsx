import { useCallback, useEffect, useState } from "react";
import { useBackend } from "../../backend/context";
import { Face } from "../../components/Face";
import { ChainNotes } from "./ChainNotes";
import { ChainTools } from "./ChainTools";
import { ExpiryStrip } from "./ExpiryStrip";
import { LegTray } from "./LegTray";
import { useLoaded } from "./loaded";
import { useShownOptions } from "./shown";
import { StrikesPanel, strikesKey } from "./StrikesPanel";
import type { Tray, TrayOrder } from "./tray";
import { UnderlyingHead } from "./UnderlyingHead";

interface Props {
  /** The conId, or null when none was ever chosen. */
  readonly underlying: number | null;
  /** One account, or null for all. */
  readonly account: string | null;
  readonly tray: Tray;
  readonly onUnderlying: (conId: number) => void;
  readonly onOrder: (order: TrayOrder) => void;
  readonly rowHeight: number;
}

interface Place {
  readonly conId: number;
  readonly tradingClass: string;
  readonly expiry: string;
}

const NOTHING: readonly number[] = [];

/** The options of an underlying: expiries, strikes, quotes and greeks; a click on a price picks a leg. */
export function Chain({ underlying, account, tray, onUnderlying, onOrder, rowHeight }: Props) {
  const backend = useBackend();
  const [place, setPlace] = useState<Place | null>(null);
  const [seen, setSeen] = useState<{ readonly key: string; readonly conIds: readonly number[] }>({ key: "", conIds: NOTHING });
  const { loaded, again, isUp } = useLoaded(underlying === null ? null : String(underlying), async () => {
    const conId = underlying ?? 0;
    // The program has to know an instrument before it can be asked about it.
    const instrument = await backend.instrument(conId);
    return { instrument, chain: await backend.chain(conId) };
  });
  const there = loaded.at === "there" ? loaded.value : null;
  const watched = there?.instrument.conId ?? null;
  useEffect(() => {
    if (watched === null) return;
    // A quote that can't be had shows as unknown, with the broker's reason.
    backend.watch(watched).catch(() => undefined);
    return () => void backend.unwatch(watched).catch(() => undefined);
  }, [backend, watched]);

  const classes = there?.chain.classes ?? [];
  const mine = place?.conId === underlying ? place : null;
  const chosen = classes.find(({ tradingClass }) => tradingClass === mine?.tradingClass) ?? classes[0] ?? null;
  const expiries = chosen?.expiries ?? [];
  // One that ends today is seldom what is meant.
  const expiry = (expiries.find((each) => each.expiry === mine?.expiry) ?? expiries.find(({ days }) => days > 0) ?? expiries[0])?.expiry ?? null;
  const key = chosen && expiry !== null && underlying !== null ? strikesKey(underlying, chosen.tradingClass, expiry) : "";
  const shown = seen.key === key ? seen.conIds : NOTHING;
  useShownOptions(shown);
  const onSeen = useCallback((seenKey: string, conIds: readonly number[]) => setSeen({ key: seenKey, conIds }), []);
  const onPick = useCallback<Tray["pick"]>((option, side) => tray.pick(option, side), [tray]);

  return (
    <div className="screen chain" data-testid="screen-options">
      <h1 className="vh">Options</h1>
      <UnderlyingHead instrument={there?.instrument ?? null} onUnderlying={onUnderlying} />
      {underlying === null && (
        <Face kind="empty" title="No underlying is chosen.">
          Search a stock or an index above, or press Options on one in the order ticket or among the positions.
        </Face>
      )}
      {underlying !== null && loaded.at === "loading" && <Face kind="loading" title={isUp ? "Asking which options there are." : "Waiting for the gateway."}>{!isUp && "The chain comes when the link is up."}</Face>}
      {loaded.at === "failed" && (
        <Face kind="broken" title="The chain could not be had." actions={<button type="button" onClick={again} data-testid="chain-again">Try again</button>}>
          {loaded.error.message} Choose another underlying, or try again.
        </Face>
      )}
      {there && chosen && expiry !== null && (
        <>
          <ExpiryStrip
            classes={classes}
            chosen={chosen}
            expiry={expiry}
            onClass={(tradingClass) => setPlace({ conId: there.instrument.conId, tradingClass, expiry })}
            onExpiry={(next) => setPlace({ conId: there.instrument.conId, tradingClass: chosen.tradingClass, expiry: next })}
          />
          <ChainTools />
          <ChainNotes conIds={shown} />
          <StrikesPanel underlying={there.instrument} chosen={chosen} expiry={expiry} account={account} rowHeight={rowHeight} onPick={onPick} onSeen={onSeen} />
        </>
      )}
      {there && expiry === null && (
        <Face kind="empty" title={`There are no options on ${there.instrument.label}.`}>
          Choose another underlying.
        </Face>
      )}
      <LegTray tray={tray} account={account} onOrder={onOrder} />
    </div>
  );
}
