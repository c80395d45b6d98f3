import type { LinkView, Snapshot } from "../backend/backend";
import { isRecord, keep, readKept } from "../lib/kept";
import type { Live } from "./live";

// The last portfolio seen, so that a new start shows it at once. It is shown as stale, and only for the same gateway.
type Remembered = Pick<Snapshot, "accounts" | "household" | "positions" | "merged">;

const NAME = "last-portfolio.1";

function gatewayOf(link: LinkView): string {
  return `${link.simulated ? "simulated" : "gateway"} ${link.address}`;
}

/** The last portfolio of this gateway, when there is one. */
export function recall(link: LinkView): Remembered | null {
  return readKept(NAME, (kept) => {
    if (!isRecord(kept) || kept.gateway !== gatewayOf(link) || !isRecord(kept.portfolio)) return null;
    const { accounts, positions, merged, household } = kept.portfolio as unknown as Remembered;
    if (![accounts, positions, merged].every(Array.isArray) || !isRecord(household)) return null;
    return accounts.length > 0 ? { accounts, positions, merged, household } : null;
  });
}

/** Keeps what is on show, unless it is itself remembered. */
export function remember(live: Live): void {
  const link = live.link.get();
  const household = live.household.get();
  if (!link || !household || live.remembered.get() || live.accounts.keys().length === 0) return;
  const portfolio: Remembered = {
    accounts: live.accounts.values(),
    household,
    positions: live.positions.values(),
    merged: live.merged.values(),
  };
  keep(NAME, { gateway: gatewayOf(link), portfolio });
}

/** Drops a portfolio of another gateway once this one has told its own. */
export function forgetIfOther(link: LinkView): void {
  if (recall(link) === null) keep(NAME, null);
}
