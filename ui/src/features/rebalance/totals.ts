import type { Side } from "../../backend/backend";
import { minus, plus, textOf } from "../../lib/arithmetic";
import { type Decimal, parseDecimal } from "../../lib/decimal";
import { type PlanOrder, previewOf } from "./rebalancing";

/** What the ticked orders of an account come to, in its base currency. */
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

/** One for each account, of what is ticked. */
export function totalsOf(orders: Iterable<PlanOrder>): readonly AccountTotal[] {
  const byAccount = new Map<string, PlanOrder[]>();
  for (const order of orders) {
    if (!order.ticked || order.row.account === null) continue;
    byAccount.set(order.row.account, [...(byAccount.get(order.row.account) ?? []), order]);
  }
  return [...byAccount].map(([account, own]) => {
    const worth = (side: Side) => sum(own.filter(({ row }) => row.side === side).map(({ row }) => read(row.value))) ?? ZERO;
    const [sells, buys] = [worth("sell"), worth("buy")];
    const commission = sum(own.map(commissionOf));
    return {
      account,
      currency: own[0]?.row.baseCurrency ?? "",
      orders: own.length,
      sells: textOf(sells),
      buys: textOf(buys),
      turnover: textOf(plus(sells, buys)),
      commission: commission && textOf(commission),
      margin: marginOf(own),
    };
  });
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
