import type { GreeksTotalView, StrategyLegView, StrategyView, StrategyWarningView, SumGreeksView } from "../bindings";
import { instrumentOf, PRICES, seen, UNKNOWN } from "./portfolio";

interface Sketch {
  readonly account: string;
  readonly name: string;
  readonly count: string;
  /** By conId, so many of each. */
  readonly legs: readonly (readonly [number, number])[];
  /** Delta, its money, gamma, theta and vega; null where the broker has told no greeks. */
  readonly greeks: readonly [number, number, number, number, number] | null;
  readonly warnings: readonly StrategyWarningView[];
}

const ASSIGNED = "100 AAPL are sold at 170.00, for 17,000.00 USD";

export const STRATEGIES: readonly Sketch[] = [
  { account: "DU1000001", name: "Iron condor", count: "2", legs: [[900100, 2], [900101, -2], [900102, -2], [900103, 2]], greeks: [-12.4, -2232.25, -3.1, 14.2, -61.3], warnings: [] },
  {
    account: "DU1000001",
    name: "Covered call",
    count: "1",
    legs: [[265598, 100], [900000, -1]],
    greeks: [28.6, 5148.57, -1.8, 6.1, -19],
    warnings: [
      { kind: "assignment", tone: "warning", title: "In the money", says: `The short 170 C is in the money by 10.02. It can be assigned on any day until 18 Dec 26: then ${ASSIGNED}. Buy it back or roll it if that is not wanted.`, source: "OCC, Characteristics and Risks of Standardized Options: exercise and settlement" },
    ],
  },
  {
    account: "DU1000002",
    name: "Short put",
    count: "1",
    legs: [[900102, -1]],
    greeks: null,
    warnings: [
      { kind: "retirement", tone: "alarm", title: "IRA: not covered", says: "If the short 190 P is assigned: 100 AAPL are bought for 19,000.00 USD of settled cash. It has 10,440.10 USD: what it can't pay for is liquidated. Buy it back in time.", source: "IBKR knowledge base, articles 188 and 2187" },
      { kind: "expiry", tone: "quiet", title: "Expires in 5 days", says: "18 Dec 26 is the last day, to 16:00 in New York. At 180.02 the short 190 P is in the money: 100 AAPL are bought at 190.00, for 19,000.00 USD. Close or roll it before then if that is not wanted.", source: "OCC Rule 805: what is in the money by 0.01 is exercised at expiry unless its holder says otherwise" },
    ],
  },
];

function sums(greeks: Sketch["greeks"], at: number): SumGreeksView {
  if (!greeks) {
    return { delta: UNKNOWN, deltaMoney: UNKNOWN, gamma: UNKNOWN, theta: UNKNOWN, vega: UNKNOWN, lacks: "Not known yet: greeks of AAPL 18 Dec 26 190 P." };
  }
  const [delta, deltaMoney, gamma, theta, vega] = greeks;
  return { delta: seen(delta, at), deltaMoney: seen(deltaMoney, at), gamma: seen(gamma, at), theta: seen(theta, at), vega: seen(vega, at), lacks: null };
}

export function strategyOf(sketch: Sketch, at: number): StrategyView {
  const legs = sketch.legs.map(([conId, quantity]): StrategyLegView => {
    const { label, kind, expiry, symbol, priceDecimals } = instrumentOf(conId);
    return { conId, label, kind, expiry, tradingClass: kind === "option" ? symbol : null, quantity: String(quantity), price: seen(PRICES[conId] ?? 0, at), priceDecimals };
  });
  return {
    key: `${sketch.account}:${sketch.legs.map(([conId]) => conId).join("+")}`,
    account: sketch.account,
    name: sketch.name,
    underlying: "AAPL",
    underlyingConId: 265598,
    currency: "USD",
    count: sketch.count,
    legs,
    expiry: "20261218",
    days: 5,
    dailyPnl: seen(18.4, at),
    unrealizedPnl: seen(-42.5, at),
    pnlCurrency: "USD",
    greeks: sums(sketch.greeks, at),
    warnings: [...sketch.warnings],
  };
}

export function greeksOf(at: number): GreeksTotalView[] {
  const total = (account: string | null, greeks: Sketch["greeks"]): GreeksTotalView => ({
    key: `${account ?? "all"}:USD`,
    account,
    currency: "USD",
    underlyings: ["AAPL"],
    greeks: sums(greeks, at),
  });
  return [total("DU1000001", [16.2, 2916.32, -4.9, 20.3, -80.3]), total("DU1000002", null), total(null, null)];
}
