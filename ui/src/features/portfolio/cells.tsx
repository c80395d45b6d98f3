import type { AccountView, MergedPositionView, PositionView } from "../../backend/backend";
import { CHANGE, type FigureShape, priceShape, QUANTITY, VALUE } from "../../components/figure-shape";
import { Figure } from "../../components/Figure";
import { Unknown } from "../../components/Unknown";
import * as format from "../../lib/format";
import { accountKindWords, accountShort, hasOptions } from "../../lib/words";
import { usePart, useStale } from "../../live/context";
import type { KeyedStore } from "../../live/keyed-store";
import type { Trade } from "./trade";

type Either = PositionView | MergedPositionView;
export type PositionFigure = "quantity" | "price" | "value" | "dailyPnl" | "unrealizedPnl";

interface CellProps {
  readonly store: KeyedStore<Either>;
  readonly rowKey: string;
}

const WHY: Record<PositionFigure, string> = {
  quantity: "The broker has not told the quantity",
  price: "No price has come from the gateway yet",
  value: "There is no price to value it with",
  dailyPnl: "The broker has not told the day's profit and loss",
  unrealizedPnl: "There is no price, or no cost, to reckon it from",
};

function shapeOf(part: PositionFigure, decimals: number): FigureShape {
  if (part === "quantity") return QUANTITY;
  if (part === "price") return priceShape(decimals);
  return part === "value" ? VALUE : CHANGE;
}

/** The currency of a figure, where the row alone would not tell it: in a row whose price is in another than the account's. */
function unitOf(position: Either | undefined, part: PositionFigure): string {
  if (!position || part === "quantity" || part === "price" || position[part].value === null) return "";
  const { instrument, pnlCurrency } = position;
  const currency = part === "value" ? position.valueCurrency : pnlCurrency;
  if (!currency) return "currency?";
  return currency === instrument.currency && instrument.currency === pnlCurrency ? "" : currency;
}

export function FigureCell({ store, rowKey, part }: CellProps & { readonly part: PositionFigure }) {
  const figure = usePart(store, rowKey, (position) => position?.[part]);
  const decimals = usePart(store, rowKey, (position) => position?.instrument.priceDecimals ?? 2);
  const unit = usePart(store, rowKey, (position) => unitOf(position, part));
  return <Figure figure={figure} shape={shapeOf(part, decimals)} why={WHY[part]} testId={`position-${part}`} ticks={part === "price"} unit={unit} />;
}

export function CostCell({ store, rowKey }: CellProps) {
  const cost = usePart(store, rowKey, (position) => position?.averageCost ?? null);
  const decimals = usePart(store, rowKey, (position) => position?.instrument.priceDecimals ?? 2);
  const stale = useStale();
  if (cost === null) return <Unknown why="The broker has not told the average cost" testId="position-averageCost" />;
  return (
    <span className={stale ? "figure old" : "figure"} data-testid="position-averageCost" data-value={cost}>
      <span className="number">{format.averagePrice(cost, decimals)}</span>
    </span>
  );
}

export function InstrumentCell({ store, rowKey }: CellProps) {
  const instrument = usePart(store, rowKey, (position) => position?.instrument);
  const base = usePart(store, rowKey, (position) => position?.pnlCurrency ?? null);
  if (!instrument) return null;
  return (
    <span className="instrument-cell" data-tip={`${instrument.name ?? instrument.label}, ${instrument.exchange}, in ${instrument.currency}`}>
      <strong>{instrument.label}</strong>
      {instrument.currency !== base && <span className="hint">price in {instrument.currency}</span>}
      <span className="instrument-name">{instrument.name ?? ""}</span>
    </span>
  );
}

export function AccountsCell({ store, rowKey, accounts }: CellProps & { readonly accounts: KeyedStore<AccountView> }) {
  const held = usePart(store, rowKey, (position) => (position ? ("account" in position ? position.account : position.accounts.join(" ")) : ""));
  const ids = held.split(" ");
  const names = ids.map((id) => {
    const account = accounts.get(id);
    return account ? `${accountKindWords(account)} (${id})` : id;
  });
  const [only] = ids;
  const short = only !== undefined ? accounts.get(only) : undefined;
  return <span className="clip" data-tip={names.join(", ")}>{ids.length === 1 ? (short ? accountShort(short) : held) : `${ids.length} accounts`}</span>;
}

/** Where a row leads. */
export interface RowLeads {
  readonly onTrade: (trade: Trade) => void;
  readonly onOptions: (conId: number) => void;
}

export function TradeCell({ store, rowKey, onTrade, onOptions }: CellProps & RowLeads) {
  const label = usePart(store, rowKey, (position) => position?.instrument.label ?? "");
  const underlying = usePart(store, rowKey, (position) => (position && hasOptions(position.instrument) ? position.instrument.conId : null));
  const act = (side: Trade["side"]) => {
    const position = store.get(rowKey);
    if (!position) return;
    const accounts = "account" in position ? [position.account] : position.accounts;
    onTrade({ account: accounts.length === 1 ? accounts[0] : undefined, conId: position.instrument.conId, side });
  };
  return (
    <span className="trade-cell">
      <button type="button" tabIndex={-1} className="small" aria-label={`Buy ${label}`} onClick={() => act("buy")} data-testid="position-buy">
        Buy
      </button>
      <button type="button" tabIndex={-1} className="small" aria-label={`Sell ${label}`} onClick={() => act("sell")} data-testid="position-sell">
        Sell
      </button>
      {underlying !== null && (
        <button type="button" tabIndex={-1} className="small" aria-label={`Options of ${label}`} data-tip={`Options of ${label}`} onClick={() => onOptions(underlying)} data-testid="position-options">
          O
        </button>
      )}
    </span>
  );
}
