import type { MovesWithView, OrderView, SizeFactsView } from "../bindings";
import { type Holding, instrumentOf, SKETCHES } from "./portfolio";

export function sizeFactsOf(account: string, orders: readonly OrderView[]): SizeFactsView {
  const kind = SKETCHES.find(({ id }) => id === account)?.kind;
  const working = orders.filter((order) => order.account === account && order.side === "buy" && order.state === "working");
  const cost = working.reduce((sum, order) => sum + Number(order.quantity) * Number(order.limitPrice ?? 0), 0);
  return { account, paysWith: kind === "rothIra" || kind === "traditionalIra" ? "settledCash" : "margin", workingBuys: cost.toFixed(2), hasSoldOptions: false, marketCushion: "0.05" };
}

export function movesWithOf(account: string, conId: number, holdings: readonly Holding[], prices: Readonly<Record<number, number>>): MovesWithView {
  const worth = ({ conId: id, quantity }: Holding) => Math.abs(quantity * (prices[id] ?? 0));
  const others = holdings.filter((held) => held.account === account && held.conId !== conId).toSorted((a, b) => worth(b) - worth(a));
  const whole = others.slice(0, 3).map((held) => {
    const { label } = instrumentOf(held.conId);
    const how = held.quantity < 0 ? "of which you are short" : "which you hold";
    return { conId: held.conId, label, coefficient: "0.82", days: 120, newest: "20261127", at: Date.now(), says: `Moves with ${label}, ${how}: 0.82 over 120 days.` };
  });
  return { account, conId, with: whole, notes: whole.length === 0 ? ["The account holds nothing else to compare it with."] : [] };
}
