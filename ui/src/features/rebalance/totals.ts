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
  /** Initial margin; each order's change is as the gateway tells it for that order alone. Null until all are told. */
  readonly margin: { readonly before: string; readonly after: string } | null;
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

function marginOf(orders: readonly PlanOrder[]): AccountTotal["margin"] {
  const margins = orders.map(({ standing }) => previewOf(standing)?.margin.initial ?? null);
  const before = read(margins[0]?.before);
  const changes = margins.map((margin) => {
    const [from, to] = [read(margin?.before), read(margin?.after)];
    return from && to ? minus(to, from) : null;
  });
  const change = sum(changes);
  return before && change ? { before: textOf(before), after: textOf(plus(before, change)) } : null;
}
