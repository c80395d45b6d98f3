import type { Side } from "../../backend/backend";
import { minus, plus, textOf } from "../../lib/arithmetic";
import { type Decimal, parseDecimal } from "../../lib/decimal";
import { type PlanOrder, previewOf } from "./rebalancing";

/** Ticked orders that can't go out as they stand. */
interface LeftOut {
  readonly orders: number;
  readonly sells: string;
  readonly buys: string;
}

/** What the ticked orders of an account come to that can go out or have, in its base currency. */
export interface AccountTotal {
  readonly account: string;
  readonly currency: string;
  readonly orders: number;
  readonly sells: string;
  readonly buys: string;
  readonly turnover: string;
  /** Null while one of them is not known. */
  readonly commission: string | null;
  /** Null until it is told of all of them. */
  readonly margin: MarginSteps | null;
  /** Null when nothing is. */
  readonly leftOut: LeftOut | null;
}

/** Initial margin before, then step by step in the order in which the plan is sent. The gateway tells each order's change for that order alone, so that their sum is near and not sure. */
export interface MarginSteps {
  readonly before: string;
  readonly afterSales: string;
  readonly after: string;
}

const ZERO: Decimal = { units: 0n, scale: 0 };
const read = (text: string | null | undefined): Decimal | null => (text == null ? null : parseDecimal(text));

/** The sum, or null when a part is not known. */
function sum(parts: readonly (Decimal | null)[]): Decimal | null {
  return parts.reduce<Decimal | null>((all, part) => (all && part ? plus(all, part) : null), ZERO);
}

function commissionOf({ row, standing }: PlanOrder): Decimal | null {
  const preview = previewOf(standing);
  const told = preview?.commissionCurrency === row.baseCurrency ? preview?.commission : null;
  return read(told ?? row.commission);
}

/** Whether it goes out as it stands, has gone or has not been asked about yet. */
function counts({ standing }: PlanOrder): boolean {
  return standing.at !== "refused" && standing.at !== "unsent";
}

function worth(orders: readonly PlanOrder[], side: Side): Decimal {
  return sum(orders.filter(({ row }) => row.side === side).map(({ row }) => read(row.value))) ?? ZERO;
}

/** One for each account, of what is ticked. */
export function totalsOf(orders: Iterable<PlanOrder>): readonly AccountTotal[] {
  const byAccount = new Map<string, PlanOrder[]>();
  for (const order of orders) {
    if (!order.ticked || order.row.account === null) continue;
    byAccount.set(order.row.account, [...(byAccount.get(order.row.account) ?? []), order]);
  }
  return [...byAccount].map(([account, ticked]) => {
    const [own, left] = [ticked.filter(counts), ticked.filter((order) => !counts(order))];
    const [sells, buys] = [worth(own, "sell"), worth(own, "buy")];
    const commission = sum(own.map(commissionOf));
    return {
      account,
      currency: ticked[0]?.row.baseCurrency ?? "",
      orders: own.length,
      sells: textOf(sells),
      buys: textOf(buys),
      turnover: textOf(plus(sells, buys)),
      commission: commission && textOf(commission),
      margin: marginOf(own),
      leftOut: left.length > 0 ? { orders: left.length, sells: textOf(worth(left, "sell")), buys: textOf(worth(left, "buy")) } : null,
    };
  });
}

/** By account, what the plan's sales come to that neither go with these orders nor went before, where these buy: the purchases were planned with what they bring. */
export function salesLeftOut(plan: Iterable<PlanOrder>, going: readonly PlanOrder[]): ReadonlyMap<string, string> {
  const buying = new Set(going.filter(({ row }) => row.side === "buy").map(({ row }) => row.account));
  const keys = new Set(going.map(({ row }) => row.key));
  const missing = [...plan].filter(({ row, standing }) => row.side === "sell" && buying.has(row.account) && !keys.has(row.key) && standing.at !== "sent" && standing.at !== "sending");
  return new Map([...new Set(missing.map(({ row }) => row.account))].flatMap((account) => (account === null ? [] : [[account, textOf(worth(missing.filter(({ row }) => row.account === account), "sell"))]])));
}

/** What is ticked and goes out as it stands, has gone or has not been asked about yet. */
export function going(orders: Iterable<PlanOrder>): readonly PlanOrder[] {
  return [...orders].filter((order) => order.ticked && counts(order));
}

function marginOf(orders: readonly PlanOrder[]): MarginSteps | null {
  const margin = ({ standing }: PlanOrder) => previewOf(standing)?.margin.initial ?? null;
  const changeOf = (side: Side) =>
    sum(
      orders
        .filter(({ row }) => row.side === side)
        .map((order) => {
          const [from, to] = [read(margin(order)?.before), read(margin(order)?.after)];
          return from && to ? minus(to, from) : null;
        }),
    );
  const before = orders[0] ? read(margin(orders[0])?.before) : null;
  const [sales, purchases] = [changeOf("sell"), changeOf("buy")];
  if (!before || !sales || !purchases) return null;
  const afterSales = plus(before, sales);
  return { before: textOf(before), afterSales: textOf(afterSales), after: textOf(plus(afterSales, purchases)) };
}
