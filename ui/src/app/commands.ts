import { prefer, preferences } from "../features/settings/preferences";
import type { Screen } from "./view";

/** Something that a person can ask for. One list feeds palette, shortcuts and the help sheet. */
export interface Command {
  readonly id: string;
  readonly title: string;
  /** `mod` is Ctrl, or Cmd on a Mac. Absent: only in the palette. */
  readonly keys?: string;
  /** Whether it leads to a screen, where one then goes on. */
  readonly leads?: boolean;
  /** Whether its keys work even over an open palette or help sheet. */
  readonly always?: boolean;
  readonly run: () => void;
}

export interface Actions {
  readonly go: (screen: Screen) => void;
  /** Opens the chain of an underlying; of what the screen showed last without one. */
  readonly showOptions: (conId: number | null) => void;
  readonly chooseAccount: (account: string | null) => void;
  readonly focusTicket: () => void;
  readonly newTicket: () => void;
  readonly openPalette: () => void;
  readonly openHelp: () => void;
  readonly connectNow: () => void;
  readonly putNoticesAway: () => void;
  /** Opens the dialog that counts the orders of one account, or of all; nothing is cancelled before it is answered. */
  readonly cancelAll: (account: string | null) => void;
  /** Cancels everything and lets nothing out any more, at once. */
  readonly stopTrading: () => void;
  /** Locks the window, or leads to where a passphrase for it is set. */
  readonly lock: () => void;
  /** Asks whether trading is to be stopped, or allowed again. */
  readonly askToStop: () => void;
}

/** Two keys, so that no slip of one finger does it. */
export const STOP_KEYS = "mod+.";

interface NamedAccount {
  readonly id: string;
  readonly words: string;
}

/** What is on the ticket, when options can be had on it. */
export interface Underlying {
  readonly conId: number;
  readonly label: string;
}

// None of these sends an order, and none is a bare letter: letters belong to type-ahead.
export function commandsOf(actions: Actions, accounts: readonly NamedAccount[], underlying: Underlying | null = null): readonly Command[] {
  const { theme, density } = preferences.get();
  return [
    { id: "palette", title: "Search commands and instruments", keys: "mod+k", run: actions.openPalette },
    { id: "go-portfolio", title: "Go to Portfolio", keys: "mod+1", leads: true, run: () => actions.go("portfolio") },
    { id: "go-options", title: "Go to Options", keys: "mod+o", leads: true, run: () => actions.showOptions(null) },
    ...(underlying ? [{ id: "options-of", title: `Options of ${underlying.label}`, leads: true, run: () => actions.showOptions(underlying.conId) }] : []),
    { id: "go-orders", title: "Go to Orders", keys: "mod+2", leads: true, run: () => actions.go("orders") },
    { id: "go-rebalance", title: "Go to Rebalance", keys: "mod+6", leads: true, run: () => actions.go("rebalance") },
    { id: "go-rules", title: "Go to Rules", keys: "mod+5", leads: true, run: () => actions.go("rules") },
    { id: "go-journal", title: "Go to Journal", keys: "mod+3", leads: true, run: () => actions.go("journal") },
    { id: "go-settings", title: "Go to Settings", keys: "mod+4", leads: true, run: () => actions.go("settings") },
    { id: "wizard", title: "Connection wizard: find what is wrong, or set up a connection", leads: true, run: () => actions.go("wizard") },
    { id: "ticket", title: "Go to the order ticket", keys: "mod+i", run: actions.focusTicket },
    { id: "ticket-new", title: "Clear the ticket for a new order", run: actions.newTicket },
    { id: "account-all", title: "Show all accounts", keys: "alt+0", run: () => actions.chooseAccount(null) },
    ...accounts.map(({ id, words }, i) => ({
      id: `account-${id}`,
      title: `Show ${words} ${id}`,
      keys: i < 9 ? `alt+${i + 1}` : undefined,
      run: () => actions.chooseAccount(id),
    })),
    { id: "cancel-everything", title: "Cancel all orders in all accounts…", keys: "f9", always: true, run: () => actions.cancelAll(null) },
    ...accounts.map(({ id, words }) => ({ id: `cancel-${id}`, title: `Cancel all orders in ${words} ${id}…`, run: () => actions.cancelAll(id) })),
    { id: "stop-trading", title: "Stop trading: cancel everything, at once", keys: STOP_KEYS, always: true, run: actions.stopTrading },
    { id: "resume-trading", title: "Stop trading, or allow it again…", run: actions.askToStop },
    { id: "lock", title: "Lock the window", keys: "mod+l", run: actions.lock },
    { id: "notices-away", title: "Put all notices away", keys: "f2", run: actions.putNoticesAway },
    { id: "connect-now", title: "Connect to the gateway now", run: actions.connectNow },
    { id: "theme", title: theme === "light" ? "Use dark colours" : "Use light colours", run: () => prefer({ theme: theme === "light" ? "dark" : "light" }) },
    { id: "density", title: density === "compact" ? "Use comfortable rows" : "Use compact rows", run: () => prefer({ density: density === "compact" ? "comfortable" : "compact" }) },
    { id: "help", title: "Show keyboard shortcuts", keys: "?", run: actions.openHelp },
  ];
}
