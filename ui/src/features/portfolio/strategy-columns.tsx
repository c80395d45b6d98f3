import type { StrategyView } from "../../backend/backend";
import type { Column } from "../../components/grid/columns";
import { compareDecimals } from "../../lib/decimal";
import type { Live } from "../../live/live";
import { GREEKS } from "./greeks";
import { ExpiryCell, GreekCell, HolderCell, PnlCell, StrategyCell } from "./strategy-cells";

/** Columns of held strategies. */
export function strategyColumns(live: Live, withAccount: boolean): readonly Column[] {
  const get = live.strategies.get;
  const words = (part: (held: StrategyView) => string) => (a: string, b: string) => {
    const [one, other] = [get(a), get(b)];
    return one && other ? part(one).localeCompare(part(other)) : null;
  };
  const numbers = (part: (held: StrategyView) => string | null) => (a: string, b: string) => {
    const [one, other] = [get(a), get(b)];
    return one && other ? compareDecimals(part(one), part(other)) : null;
  };
  const pnl = (part: "dailyPnl" | "unrealizedPnl", title: string, tip: string): Column => ({
    id: part,
    title,
    tip,
    align: "right",
    least: part === "dailyPnl" ? 92 : 100,
    share: 1,
    cell: (key) => <PnlCell rowKey={key} part={part} />,
    compare: numbers((held) => held[part].value),
  });
  const holder: Column = { id: "account", title: "Account", least: 76, share: 1, cell: (key) => <HolderCell rowKey={key} />, compare: words(({ account }) => account) };
  return [
    { id: "strategy", title: "Strategy", least: 186, share: 5, cell: (key) => <StrategyCell rowKey={key} />, compare: words(({ underlying, name }) => `${underlying} ${name}`) },
    ...(withAccount ? [holder] : []),
    { id: "expiry", title: "Expiry", tip: "Days to the first expiry", align: "right", least: 50, share: 0, cell: (key) => <ExpiryCell rowKey={key} />, compare: numbers(({ days }) => (days === null ? null : String(days))) },
    ...GREEKS.map(
      (named): Column => ({
        id: named.name,
        title: named.title,
        tip: `${named.tip}. The broker's, or ours where it is marked`,
        align: "right",
        least: named.least,
        share: 1,
        cell: (key) => <GreekCell rowKey={key} named={named} />,
        compare: numbers((held) => held.greeks[named.name].value),
      }),
    ),
    pnl("dailyPnl", "Day P&L", "Profit and loss since the last close, as the broker tells it"),
    pnl("unrealizedPnl", "Unrealized", "Value less cost, as the broker tells it; a part of a position has its share of it"),
  ];
}
