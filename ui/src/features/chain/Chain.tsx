import { useCallback, useEffect, useState } from "react";
import { useBackend } from "../../backend/context";
import { Face } from "../../components/Face";
import { useValue } from "../../lib/value-store";
import { ExpiryStrip } from "./ExpiryStrip";
import { LegTray } from "./LegTray";
import { chainChoices } from "./choices";
import { useLoaded } from "./loaded";
import { useOutlook, useVolatilityHistory } from "./outlook";
import { expiriesOf, type Place, toggled } from "./place";
import { RANGE_WORDS } from "./range";
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
  const several = mine?.several ?? false;
  const expiries = expiriesOf(chosen, mine).slice(0, several ? undefined : 1);
  const key = chosen && underlying !== null ? strikesKey(underlying, chosen.tradingClass, expiries) : "";
  const shown = seen.key === key ? seen.conIds : NOTHING;
  const { unsaid, sayAgain } = useShownOptions(shown);
  const onSeen = useCallback((seenKey: string, conIds: readonly number[]) => setSeen({ key: seenKey, conIds }), []);
  const kind = RANGE_WORDS[useValue(chainChoices).range].kind;
  const outlook = useOutlook(watched, chosen?.tradingClass ?? null, kind.by === "delta" ? kind.least : "");
  const noHistory = useVolatilityHistory(watched);
  const put = (patch: Partial<Place>) => underlying !== null && chosen && setPlace({ conId: underlying, tradingClass: chosen.tradingClass, expiries, several, ...patch });
  const [first] = expiries;
  const onPick = useCallback<Tray["pick"]>((option, side) => tray.pick(option, side), [tray]);

  return (
    <div className="screen chain" data-testid="screen-options">
      <h1 className="vh">Options</h1>
      <UnderlyingHead instrument={there?.instrument ?? null} outlook={outlook} noHistory={noHistory} onUnderlying={onUnderlying} />
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
      {there && chosen && expiries.length > 0 && (
        <>
          <ExpiryStrip
            classes={classes}
            chosen={chosen}
            expiries={expiries}
            several={several}
            outlook={outlook}
            onClass={(tradingClass) => put({ tradingClass })}
            onExpiry={(expiry) => put({ expiries: [expiry] })}
            onToggle={(expiry) => put({ expiries: toggled(expiries, expiry), several: true })}
            onSeveral={(next) => put({ several: next })}
          />
          {unsaid && (
            <p className="chain-note" role="status" data-testid="chain-unsaid">
              Quotes of the options in sight could not be asked for: {unsaid.message}{" "}
              <button type="button" className="small" onClick={sayAgain} data-testid="chain-say-again">
                Try again
              </button>
            </p>
          )}
          <StrikesPanel underlying={there.instrument} chosen={chosen} expiries={expiries} several={several} outlook={outlook} account={account} rowHeight={rowHeight} shown={shown} onPick={onPick} onSeen={onSeen} />
        </>
      )}
      {there && expiries.length === 0 && (
        <Face kind="empty" title={`There are no options on ${there.instrument.label}.`}>
          Choose another underlying.
        </Face>
      )}
      <LegTray tray={tray} place={there && chosen && first !== undefined ? { underlying: there.instrument, tradingClass: chosen.tradingClass, expiry: first, expiries: chosen.expiries } : null} account={account} onOrder={onOrder} />
    </div>
  );
}
