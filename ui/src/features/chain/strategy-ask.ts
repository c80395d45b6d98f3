import type { Backend, ExpiryView, InstrumentView, PlanView, Right, Side, PlannedView } from "../../backend/backend";
import type { Rollable } from "./rollable";

/** The chain that is on show. */
export interface TrayPlace {
  readonly underlying: InstrumentView;
  readonly tradingClass: string;
  readonly expiry: string;
  readonly expiries: readonly ExpiryView[];
}

// A calendar wants some weeks between its two ends.
const WEEKS_APART = 21;

/** The first expiry some weeks after a day, else the last one after it; null when there is none. */
export function laterExpiry(expiries: readonly ExpiryView[], after: string): string | null {
  const from = expiries.find(({ expiry }) => expiry === after)?.days ?? 0;
  const later = expiries.filter(({ expiry }) => expiry > after);
  return (later.find(({ days }) => days >= from + WEEKS_APART) ?? later.at(-1))?.expiry ?? null;
}

/** The legs of a strategy on what is on show. Lists the options that it needs first. */
export async function askPlan(backend: Backend, { underlying, tradingClass, expiry, expiries }: TrayPlace, plan: PlanView, right: Right, side: Side): Promise<PlannedView> {
  const later = plan.expiries > 1 ? laterExpiry(expiries, expiry) : null;
  const wanted = later === null ? [expiry] : [expiry, later];
  for (const one of wanted) await backend.strikes(underlying.conId, tradingClass, one);
  return backend.plan({ kind: "plan", conId: underlying.conId, tradingClass, plan: plan.id, right, side, expiries: wanted });
}

/** The legs that take held options, which end on one day, to a later one. */
export async function askRoll(backend: Backend, { underlying, tradingClass }: TrayPlace, { account, held, expiry: from }: Rollable, to: string): Promise<PlannedView> {
  for (const one of [from, to]) await backend.strikes(underlying.conId, tradingClass, one);
  return backend.plan({ kind: "roll", account, held: held.map(({ conId, quantity }) => ({ conId, quantity })), expiry: to });
}

/** The listed option so many strikes away; null at the end of the ladder. */
export async function strikeBeside(backend: Backend, conId: number, by: 1 | -1): Promise<InstrumentView | null> {
  const ladder = await backend.ladder(conId);
  return ladder[ladder.findIndex((one) => one.conId === conId) + by] ?? null;
}
