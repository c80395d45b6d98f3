import type { AccountView, Mode, OrderStateView, OrderView, SecurityKind, TifChoice } from "../backend/backend";

/** What an account is called next to its id: the person's own name for it, and its kind. */
export function accountKindWords({ nickname, kindWords }: Pick<AccountView, "kindWords" | "nickname">): string {
  const kind = kindWords || "Account of unknown kind";
  return nickname === null ? kind : `${nickname} (${kind})`;
}

/** What an account is called where there is little room. */
export function accountShort({ nickname, kindWords }: Pick<AccountView, "kindWords" | "nickname">): string {
  return nickname ?? (kindWords || "Account of unknown kind");
}

/** What an account is called that may not be known; `otherwise` when it is not. */
export function accountWords(account: Pick<AccountView, "kindWords" | "nickname"> | undefined, otherwise = ""): string {
  return account ? accountKindWords(account) : otherwise;
}

const KINDS: Record<SecurityKind, string> = {
  stock: "Stock",
  option: "Option",
  future: "Future",
  futureOption: "Future option",
  forex: "FX",
  index: "Index",
  combo: "Combo",
  other: "Other",
};

export function securityKindWords(kind: SecurityKind): string {
  return KINDS[kind];
}

const TIFS: Record<TifChoice, string> = { day: "Today (DAY)", gtc: "Until cancelled (GTC)", gtd: "Until a time (GTD)", ioc: "At once (IOC)", fok: "All at once (FOK)", opg: "At the open (OPG)" };

/** How long an order stands. */
export function tifWords(tif: TifChoice): string {
  return TIFS[tif];
}

/** Whether there can be a chain of options on it. */
export function hasOptions({ kind }: { readonly kind: SecurityKind }): boolean {
  return kind === "stock" || kind === "index";
}

const STATES: Record<OrderStateView, string> = {
  sent: "Sent",
  held: "Held",
  working: "Working",
  partlyFilled: "Partly filled",
  cancelling: "Cancelling",
  filled: "Filled",
  cancelled: "Cancelled",
  rejected: "Rejected",
  inactive: "Inactive",
  unknown: "Unknown",
  notAtBroker: "Not at broker",
};

export function orderStateWords(state: OrderStateView): string {
  return STATES[state];
}

/** What the program says of an order beyond its state; empty when that is all there is to say. */
export function moreThanState({ state, says }: Pick<OrderView, "state" | "says">): string {
  return says === STATES[state] ? "" : says;
}

export function modeWords(mode: Mode, simulated: boolean, armed: boolean): string {
  if (mode === "paper") return simulated ? "PAPER (simulated)" : "PAPER";
  if (mode === "live") return armed ? "LIVE — orders on" : "LIVE — orders off";
  return "MODE NOT KNOWN";
}

/** Why it is not known what an option delivers whose class bears a number, after its name. */
export function adjustedWords(multiplier: string): string {
  return multiplier === "100" ? "was adjusted after a corporate action" : `has a multiplier of ${multiplier} and a number after its name, as minis and what was adjusted after a corporate action have`;
}
