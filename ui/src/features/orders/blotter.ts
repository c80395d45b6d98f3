import type { FamilyRole, OrderView } from "../../backend/backend";
import { isDone } from "./order-states";

export const TABS = ["all", "working", "filled", "cancelled", "rejected", "blocked", "unknown"] as const;
export type Tab = (typeof TABS)[number];

/** The tab, beside "all", on which an order is found. */
export function tabOf({ state }: Pick<OrderView, "state">): Exclude<Tab, "all" | "blocked"> {
  switch (state) {
    case "filled":
    case "cancelled":
      return state;
    case "rejected":
    case "inactive":
      return "rejected";
    case "unknown":
    case "notAtBroker":
      return "unknown";
    default:
      return "working";
  }
}

/** One line of the blotter. */
export type Line =
  | { readonly kind: "head"; readonly key: string; readonly title: string; readonly count: number }
  | { readonly kind: "family"; readonly key: string; readonly family: string; readonly first: string; readonly bracket: boolean; readonly size: number }
  | { readonly kind: "order"; readonly key: string; readonly order: string; readonly role: FamilyRole | null };

export interface Blotter {
  readonly lines: readonly Line[];
  /** How many orders each tab has. */
  readonly counts: Readonly<Record<Exclude<Tab, "blocked">, number>>;
}

const ROLES: Readonly<Record<FamilyRole, number>> = { entry: 0, takeProfit: 1, stop: 2, attached: 3, oneOf: 3 };

const newestFirst = (a: OrderView, b: OrderView) => b.since - a.since;

/** The orders of one family stand together where its newest stands, its entry first. */
function withFamilies(orders: readonly OrderView[]): Line[] {
  const families = new Map<string, OrderView[]>();
  for (const order of orders) {
    if (!order.family) continue;
    const members = families.get(order.family.key);
    if (members) members.push(order);
    else families.set(order.family.key, [order]);
  }
  const told = new Set<string>();
  return orders.flatMap((order): Line[] => {
    const alone = (one: OrderView): Line => ({ kind: "order", key: one.key, order: one.key, role: one.family?.role ?? null });
    if (!order.family) return [alone(order)];
    const { key, size } = order.family;
    if (told.has(key)) return [];
    told.add(key);
    const members = (families.get(key) ?? []).toSorted((a, b) => ROLES[a.family?.role ?? "oneOf"] - ROLES[b.family?.role ?? "oneOf"] || a.since - b.since);
    const [first] = members;
    if (!first) return [];
    const bracket = members.some(({ family }) => family?.role !== "oneOf");
    return [{ kind: "family", key: `family-${key}`, family: key, first: first.key, bracket, size }, ...members.map(alone)];
  });
}

/** What the blotter shows: of one account or all, on one tab; what may still come of something above what is done. */
export function blotterOf(all: readonly OrderView[], account: string | null, tab: Tab): Blotter {
  const mine = all.filter((order) => account === null || order.account === account);
  const counts = { all: mine.length, working: 0, filled: 0, cancelled: 0, rejected: 0, unknown: 0 };
  for (const order of mine) counts[tabOf(order)] += 1;
  const shown = mine.filter((order) => tab === "all" || tabOf(order) === tab).toSorted(newestFirst);
  // A family stays together: it is done when all of it is.
  const open = new Set(shown.filter(({ state }) => !isDone(state)).map(({ key, family }) => family?.key ?? key));
  const isOpen = ({ key, family }: OrderView) => open.has(family?.key ?? key);
  const group = (title: string, orders: readonly OrderView[]): Line[] =>
    orders.length === 0 ? [] : [{ kind: "head", key: `head-${title}`, title, count: orders.length }, ...withFamilies(orders)];
  const lines = tab === "all" ? [...group("Working", shown.filter(isOpen)), ...group("Done", shown.filter((order) => !isOpen(order)))] : withFamilies(shown);
  return { lines, counts };
}

/** Whether two states of an order stand at the same place of the blotter. */
function samePlace(a: OrderView, b: OrderView | undefined): boolean {
  return (
    b !== undefined &&
    (a === b ||
      (a.key === b.key && a.state === b.state && a.since === b.since && a.account === b.account && a.family?.key === b.family?.key && a.family?.role === b.family?.role && a.family?.size === b.family?.size))
  );
}

/** {@link blotterOf} that reckons anew only when an order came, went or moved: a price or a part that filled moves nothing, and thousands of orders are sorted for nothing otherwise. */
export function blotterReckoner(): typeof blotterOf {
  let last: { readonly all: readonly OrderView[]; readonly account: string | null; readonly tab: Tab; readonly blotter: Blotter } | null = null;
  return (all, account, tab) => {
    const before = last;
    const stands = before !== null && before.account === account && before.tab === tab && before.all.length === all.length && all.every((order, i) => samePlace(order, before.all[i]));
    const blotter = stands ? before.blotter : blotterOf(all, account, tab);
    last = { all, account, tab, blotter };
    return blotter;
  };
}

function sameLine(a: Line, b: Line | undefined): boolean {
  if (a.kind !== b?.kind || a.key !== b.key) return false;
  if (a.kind === "head") return b.kind === "head" && a.count === b.count;
  if (a.kind === "order") return b.kind === "order" && a.role === b.role;
  return b.kind === "family" && a.first === b.first && a.size === b.size && a.bracket === b.bracket;
}

export function sameBlotter(a: Blotter, b: Blotter): boolean {
  return (
    a.lines.length === b.lines.length &&
    a.lines.every((line, i) => sameLine(line, b.lines[i])) &&
    Object.entries(a.counts).every(([tab, count]) => b.counts[tab as keyof typeof b.counts] === count)
  );
}
