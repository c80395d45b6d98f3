import { type JournalFilter, NO_FILTER } from "../features/journal/filter";
import { isRecord, keep, readKept } from "../lib/kept";
import { ValueStore } from "../lib/value-store";

export const SCREENS = ["portfolio", "options", "orders", "rebalance", "rules", "journal", "settings"] as const;
/** Those that the rail points at. */
export type RailScreen = (typeof SCREENS)[number];
/** The connection wizard is reached from where the connection is spoken of. */
export type Screen = RailScreen | "wizard";

/** What the window shows. */
export interface View {
  readonly screen: Screen;
  /** One account, or null for all. */
  readonly account: string | null;
  /** Of the ticket's dock. */
  readonly dockWidth: number;
  /** The conId of the underlying whose options are shown, or null for none. */
  readonly underlying: number | null;
  readonly journal: JournalFilter;
  /** Where the wizard begins. */
  readonly wizardAt: "have" | "prove" | "types";
}

const NAME = "view.1";
const DOCK = { least: 300, usual: 328, most: 480 };

export function clampDock(width: number): number {
  return Math.round(Math.max(DOCK.least, Math.min(DOCK.most, width)));
}

const START: View = { screen: "portfolio", account: null, dockWidth: DOCK.usual, underlying: null, journal: NO_FILTER, wizardAt: "have" };

function accept(value: unknown): View | null {
  if (!isRecord(value)) return null;
  const account = typeof value.account === "string" ? value.account : null;
  const dockWidth = typeof value.dockWidth === "number" ? clampDock(value.dockWidth) : DOCK.usual;
  const underlying = typeof value.underlying === "number" && Number.isSafeInteger(value.underlying) ? value.underlying : null;
  return { ...START, account, dockWidth, underlying };
}

/** The window's view; account and layout outlive a restart. */
export function makeView(): ValueStore<View> {
  return new ValueStore(readKept(NAME, accept) ?? START);
}

export function show(view: ValueStore<View>, patch: Partial<View>): void {
  view.set({ ...view.get(), ...patch });
  const { account, dockWidth, underlying } = view.get();
  keep(NAME, { account, dockWidth, underlying });
}
