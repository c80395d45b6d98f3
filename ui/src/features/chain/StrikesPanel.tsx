import { useCallback, useMemo, useRef } from "react";
import type { InstrumentView, OptionClassView, Side, StrikesView } from "../../backend/backend";
import { useBackend } from "../../backend/context";
import { Face } from "../../components/Face";
import { parseDecimal } from "../../lib/decimal";
import { expiryWords } from "../../lib/expiry";
import { useValue } from "../../lib/value-store";
import { useLive, usePart } from "../../live/context";
import { ChainGrid } from "./ChainGrid";
import { chainChoices } from "./choices";
import { useLoaded } from "./loaded";
import { about, type Money, moneyOf, spotOf } from "./money";

interface Props {
  readonly underlying: InstrumentView;
  readonly chosen: OptionClassView;
  readonly expiry: string;
  readonly account: string | null;
  readonly rowHeight: number;
  readonly onPick: (option: InstrumentView, side: Side) => void;
  readonly onSeen: (key: string, conIds: readonly number[]) => void;
}

// Somebody who walks along the expiries with the arrows wants the one where they stop.
const WALK_MS = 120;

/** The options of one class and expiry. */
export function StrikesPanel(props: Props) {
  const { underlying, chosen, expiry } = props;
  const backend = useBackend();
  const key = strikesKey(underlying.conId, chosen.tradingClass, expiry);
  const { loaded, again, isUp } = useLoaded(key, () => backend.strikes(underlying.conId, chosen.tradingClass, expiry), WALK_MS);
  const named = `${chosen.tradingClass} ${expiryWords(expiry)}`;
  if (loaded.at === "loading") {
    return isUp ? <Face kind="loading" title={`Asking for the options of ${named}.`} /> : <Face kind="loading" title="Waiting for the gateway.">The options of {named} come when the link is up.</Face>;
  }
  if (loaded.at === "failed") {
    return (
      <Face kind="broken" title={`The options of ${named} could not be had.`} actions={<button type="button" onClick={again} data-testid="chain-again">Try again</button>}>
        {loaded.error.message}
      </Face>
    );
  }
  if (loaded.value.rows.length === 0) return <Face kind="empty" title={`Nothing is listed for ${named}.`}>Choose another expiry.</Face>;
  return <Strikes key={key} {...props} strikes={loaded.value} seenKey={key} label={`Options ${named}`} />;
}

export function strikesKey(conId: number, tradingClass: string, expiry: string): string {
  return `${conId} ${tradingClass} ${expiry}`;
}

function Strikes({ strikes, seenKey, label, underlying, account, rowHeight, onPick, onSeen }: Props & { readonly strikes: StrikesView; readonly seenKey: string; readonly label: string }) {
  const { columns, range } = useValue(chainChoices);
  const listed = useMemo(() => strikes.rows.filter(({ strike }) => parseDecimal(strike) !== null), [strikes]);
  const decimals = useMemo(() => listed.map(({ strike }) => parseDecimal(strike)).filter((strike) => strike !== null), [listed]);
  // A plain text, so that the table is drawn anew only when the money moves to another strike.
  const place = usePart(useLive().quotes, String(underlying.conId), (quote) => {
    const money = moneyOf(decimals, spotOf(quote));
    return money ? `${money.below} ${money.upTo} ${money.nearest}` : null;
  });
  const [below = 0, upTo = 0, nearest = 0] = place?.split(" ").map(Number) ?? [];
  const centre = useCentre(place === null ? null : nearest, range);
  const [first, end] = range === "all" || centre === null ? [0, listed.length] : about(centre, Number(range), listed.length);
  const rows = useMemo(() => listed.slice(first, end), [listed, first, end]);
  const money = useMemo<Money | null>(() => (place === null ? null : { below: below - first, upTo: upTo - first, nearest: nearest - first }), [place, below, upTo, nearest, first]);
  const seen = useCallback((conIds: readonly number[]) => onSeen(seenKey, conIds), [onSeen, seenKey]);
  return <ChainGrid key={range} label={label} rows={rows} money={money} columns={columns} underlying={underlying.conId} account={account} rowHeight={rowHeight} onPick={onPick} onSeen={seen} />;
}

/** The row about which some are chosen. It stays until the money has moved well away: rows must not slip away under the pointer. */
function useCentre(nearest: number | null, range: string): number | null {
  const kept = useRef<{ readonly range: string; readonly row: number } | null>(null);
  const slack = Math.max(2, Math.floor(Number(range) / 4));
  if (nearest !== null && (kept.current?.range !== range || Math.abs(kept.current.row - nearest) > slack)) kept.current = { range, row: nearest };
  return kept.current?.row ?? null;
}
