import type { StrategyLegView, StrategyView } from "../../backend/backend";
import { CHANGE } from "../../components/figure-shape";
import { Figure } from "../../components/Figure";
import { Unknown } from "../../components/Unknown";
import { expiryWords } from "../../lib/expiry";
import { formatDecimal, quantity } from "../../lib/format";
import { accountShort } from "../../lib/words";
import { useKeyed, useLive, usePart } from "../../live/context";
import type { NamedGreek } from "./greeks";

interface CellProps {
  readonly rowKey: string;
}

function useHeld<P>(key: string, part: (held: StrategyView | undefined) => P): P {
  return usePart(useLive().strategies, key, part);
}

/** "+2 160 P", or "+100" of the stock itself. */
function legWords({ label, kind, quantity: held }: StrategyLegView): string {
  const count = formatDecimal(held, { places: 0, signed: true });
  return kind === "option" || kind === "futureOption" ? `${count} ${label.split(" ").slice(-2).join(" ")}` : count;
}

export function StrategyCell({ rowKey }: CellProps) {
  const held = useHeld(rowKey, (strategy) => strategy);
  if (!held) return null;
  const stock = held.legs.length === 1 && held.legs[0]?.kind === "stock";
  const count = held.count === "1" || stock ? "" : `${quantity(held.count)} × `;
  const [loudest] = held.warnings;
  const all = held.legs.map((leg) => `${quantity(leg.quantity)} ${leg.label}`).join(", ");
  return (
    <span className="instrument-cell" data-tip={all}>
      {loudest && (
        <span className="coming-mark" role="img" aria-label={loudest.title} data-tone={loudest.tone} data-tip={`${loudest.title}: ${loudest.says}`} data-testid="strategy-warning">
          !
        </span>
      )}
      <strong>{held.underlying}</strong> <span className="strategy-name" data-testid="strategy-name">{count}{held.name}</span>
      <span className="instrument-name">{held.legs.map(legWords).join("  ")}</span>
    </span>
  );
}

export function HolderCell({ rowKey }: CellProps) {
  const id = useHeld(rowKey, (held) => held?.account ?? "");
  const account = useKeyed(useLive().accounts, id);
  return <span className="clip" data-tip={id}>{account ? accountShort(account) : id}</span>;
}

export function ExpiryCell({ rowKey }: CellProps) {
  const expiry = useHeld(rowKey, (held) => held?.expiry ?? null);
  const days = useHeld(rowKey, (held) => held?.days ?? null);
  if (expiry === null) return null;
  if (days === null) return <Unknown why="It is not known which day it is on the exchange" />;
  return <span data-tip={`First expiry ${expiryWords(expiry)}`}>{days < 0 ? "ended" : days === 0 ? "today" : `${days} d`}</span>;
}

export function GreekCell({ rowKey, named }: CellProps & { readonly named: NamedGreek }) {
  const figure = useHeld(rowKey, (held) => held?.greeks[named.name]);
  const lacks = useHeld(rowKey, (held) => held?.greeks.lacks ?? null);
  return <Figure figure={figure} shape={named.shape} why={lacks ?? "Not known yet"} testId={`strategy-${named.name}`} />;
}

export function PnlCell({ rowKey, part }: CellProps & { readonly part: "dailyPnl" | "unrealizedPnl" }) {
  const figure = useHeld(rowKey, (held) => held?.[part]);
  const unit = useHeld(rowKey, (held) => (held && held.pnlCurrency !== held.currency ? (held.pnlCurrency ?? "currency?") : ""));
  return <Figure figure={figure} shape={CHANGE} why="The broker has not told it for every leg" testId={`strategy-${part}`} unit={unit} />;
}
