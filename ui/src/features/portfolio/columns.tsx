import type { MergedPositionView, PositionView } from "../../backend/backend";
import type { Column } from "../../components/grid/columns";
import { compareDecimals } from "../../lib/decimal";
import type { KeyedStore } from "../../live/keyed-store";
import type { Live } from "../../live/live";
import { AccountsCell, CostCell, FigureCell, InstrumentCell, type PositionFigure, TradeCell } from "./cells";
import type { Trade } from "./trade";

type Either = PositionView | MergedPositionView;
type Store = KeyedStore<Either>;

function figureColumn(store: Store, part: PositionFigure, title: string, track: string, tip: string): Column {
  return {
    id: part,
    title,
    tip,
    align: "right",
    track,
    cell: (key) => <FigureCell store={store} rowKey={key} part={part} />,
    compare: (a, b) => compareDecimals(store.get(a)?.[part].value ?? null, store.get(b)?.[part].value ?? null),
  };
}

function bySymbol(store: Store): Column {
  return {
    id: "symbol",
    title: "Instrument",
    track: "minmax(120px, 1.6fr)",
    cell: (key) => <InstrumentCell store={store} rowKey={key} />,
    compare: (a, b) => (store.get(a)?.instrument.label ?? "").localeCompare(store.get(b)?.instrument.label ?? ""),
  };
}

function figures(store: Store): readonly Column[] {
  return [
    figureColumn(store, "quantity", "Quantity", "minmax(70px, 0.7fr)", "Negative when short"),
    {
      id: "averageCost",
      title: "Avg cost",
      tip: "Average cost of one unit, in the instrument's currency",
      align: "right",
      track: "minmax(76px, 0.8fr)",
      cell: (key) => <CostCell store={store} rowKey={key} />,
      compare: (a, b) => compareDecimals(store.get(a)?.averageCost ?? null, store.get(b)?.averageCost ?? null),
    },
    figureColumn(store, "price", "Price", "minmax(96px, 1fr)", "What values it now"),
    figureColumn(store, "value", "Value", "minmax(110px, 1.1fr)", "In the instrument's currency"),
    figureColumn(store, "dailyPnl", "Day P&L", "minmax(96px, 1fr)", "Profit and loss since the last close"),
    figureColumn(store, "unrealizedPnl", "Unrealized P&L", "minmax(110px, 1.1fr)", "Value less cost"),
  ];
}

function trade(store: Store, onTrade: (trade: Trade) => void): Column {
  return { id: "trade", title: "Trade", track: "84px", cell: (key) => <TradeCell store={store} rowKey={key} onTrade={onTrade} /> };
}

function accounts(store: Store, live: Live): Column {
  return {
    id: "account",
    title: "Account",
    track: "minmax(76px, 0.8fr)",
    cell: (key) => <AccountsCell store={store} rowKey={key} accounts={live.accounts} />,
  };
}

/** Columns of positions, account by account. */
export function positionColumns(live: Live, onTrade: (trade: Trade) => void, withAccount: boolean): readonly Column[] {
  const store = live.positions as Store;
  const where = withAccount ? [accounts(store, live)] : [];
  return [bySymbol(store), ...where, ...figures(store), trade(store, onTrade)];
}

/** Columns of positions merged over accounts. */
export function mergedColumns(live: Live, onTrade: (trade: Trade) => void): readonly Column[] {
  const store = live.merged as Store;
  return [bySymbol(store), accounts(store, live), ...figures(store), trade(store, onTrade)];
}
