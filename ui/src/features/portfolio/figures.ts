import type { AccountView, Figure, HouseholdView } from "../../backend/backend";
import { CHANGE, type FigureShape, MONEY, VALUE } from "../../components/figure-shape";

type NamesIn<V> = { [K in keyof V]: V[K] extends Figure ? K : never }[keyof V];

/** A figure of an account, or of all accounts, as it is shown. */
export interface NamedFigure<Name extends NamesIn<AccountView> = NamesIn<AccountView>> {
  readonly name: Name;
  readonly title: string;
  readonly shape: FigureShape;
  readonly tip: string;
}

export const ACCOUNT_FIGURES: readonly NamedFigure<NamesIn<HouseholdView>>[] = [
  { name: "totalCash", title: "Cash, total", shape: MONEY, tip: "TotalCashValue: settled and not yet settled" },
  { name: "settledCash", title: "Cash, settled", shape: MONEY, tip: "SettledCash: what a cash account can spend" },
  { name: "buyingPower", title: "Buying power", shape: MONEY, tip: "BuyingPower: stock that could be bought without a margin call" },
  { name: "excessLiquidity", title: "Excess liquidity", shape: MONEY, tip: "ExcessLiquidity: equity less maintenance margin; below zero the broker liquidates" },
  { name: "initialMargin", title: "Initial margin", shape: MONEY, tip: "InitMarginReq: what the positions needed to be opened" },
  { name: "maintenanceMargin", title: "Maintenance margin", shape: MONEY, tip: "MaintMarginReq: what the positions need to be kept" },
];

export const NLV: NamedFigure<NamesIn<HouseholdView>> = {
  name: "netLiquidation",
  title: "Net liquidation",
  shape: VALUE,
  tip: "NetLiquidation: cash and positions at market",
};

export const PNL: readonly NamedFigure<NamesIn<HouseholdView>>[] = [
  { name: "dailyPnl", title: "Day P&L", shape: CHANGE, tip: "Profit and loss since the last close" },
  { name: "unrealizedPnl", title: "Unrealized P&L", shape: CHANGE, tip: "Market value less cost of what is held" },
];

export const ALONE_FIGURES: readonly NamedFigure[] = [
  ...ACCOUNT_FIGURES,
  { name: "availableFunds", title: "Available funds", shape: MONEY, tip: "AvailableFunds: equity less initial margin" },
  { name: "equityWithLoan", title: "Equity with loan", shape: MONEY, tip: "EquityWithLoanValue: what margin is reckoned from" },
  { name: "grossPositionValue", title: "Positions, gross", shape: MONEY, tip: "GrossPositionValue: long and short, without sign" },
  { name: "realizedPnl", title: "Realized P&L", shape: CHANGE, tip: "Profit and loss of what was closed today" },
];
