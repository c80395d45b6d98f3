import type { MergedPositionView, PositionView } from "../../backend/backend";
import type { Column } from "../../components/grid/columns";
import { compareDecimals } from "../../lib/decimal";
import type { KeyedStore } from "../../live/keyed-store";
import type { Live } from "../../live/live";
import { AccountsCell, CostCell, FigureCell, InstrumentCell, type PositionFigure, type RowLeads, TradeCell } from "./cells";

type Either = PositionView | MergedPositionView;
type Store = KeyedStore<Either>;

function figureColumn(store: Store, part: PositionFigure, title: string, least: number, tip: string): Column {
  return {
    id: part,
    title,
    tip,
    align: "right",
    least,
    share: 1,
    cell: (key) => <FigureCell store={store} rowKey={key} part={part} />,
    compare: (a, b) => compareDecimals(store.get(a)?.[part].value ?? null, store.get(b)?.[part].value ?? null),
  };
}

function bySymbol(store: Store): Column {
  return {
    id: "symbol",
    title: "Instrument",
    least: 118,
    share: 2,
    cell: (key) => <InstrumentCell store={store} rowKey={key} />,
    compare: (a, b) => (store.get(a)?.instrument.label ?? "").localeCompare(store.get(b)?.instrument.label ?? ""),
  };
}

function figures(store: Store): readonly Column[] {
  return [
    figureColumn(store, "quantity", "Quantity", 62, "Negative when short"),
    {
      id: "averageCost",
      title: "Avg cost",
      tip: "Average cost of one unit, in the instrument's currency",
      align: "right",
      least: 80,
      share: 1,
      cell: (key) => <CostCell store={store} rowKey={key} />,
      compare: (a, b) => compareDecimals(store.get(a)?.averageCost ?? null, store.get(b)?.averageCost ?? null),
    },
    figureColumn(store, "price", "Price", 76, "What values it now"),
    figureColumn(store, "value", "Value", 124, "In the account's currency; a row priced in another says which"),
    figureColumn(store, "dailyPnl", "Day P&L", 104, "Profit and loss since the last close, in the account's currency"),
    figureColumn(store, "unrealizedPnl", "Unrealized P&L", 118, "Value less cost, in the account's currency"),
  ];
}

function trade(store: Store, leads: RowLeads): Column {
  return { id: "trade", title: "Trade", least: 107, share: 0, cell: (key) => <TradeCell store={store} rowKey={key} {...leads} /> };
}

function accounts(store: Store, live: Live): Column {
  return {
    id: "account",
    title: "Account",
    least: 82,
    share: 1,
    cell: (key) => <AccountsCell store={store} rowKey={key} accounts={live.accounts} />,
  };
}

/** Columns of positions, account by account. */
export function positionColumns(live: Live, leads: RowLeads, withAccount: boolean): readonly Column[] {
  const store = live.positions as Store;
  const where = withAccount ? [accounts(store, live)] : [];
  return [bySymbol(store), ...where, ...figures(store), trade(store, leads)];
}

/** Columns of positions merged over accounts. */
export function mergedColumns(live: Live, leads: RowLeads): readonly Column[] {
  const store = live.merged as Store;
  return [bySymbol(store), accounts(store, live), ...figures(store), trade(store, leads)];
}
