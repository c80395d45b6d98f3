import type { Backend, Change, Snapshot, StreamMessage } from "../backend/backend";
import type { Live } from "./live";
import { forgetIfOther, recall } from "./memory";

const RETRY_MS = 1000;
const PATIENCE_MS = 5000;

/** Plays the stream into the stores. A gap in the numbers asks for a new snapshot and holds deltas until it comes. */
export class Feed {
  readonly #backend: Backend;
  readonly #live: Live;
  #last: number | null = null;
  #resyncing = false;
  #retry: ReturnType<typeof setTimeout> | undefined;

  constructor(backend: Backend, live: Live) {
    this.#backend = backend;
    this.#live = live;
  }

  start(): Promise<void> {
    return this.#backend.attach(this.receive);
  }

  readonly receive = (message: StreamMessage): void => {
    if (message.type === "snapshot") {
      this.#last = message.seq;
      this.#resyncing = false;
      clearTimeout(this.#retry);
      this.#takeSnapshot(message.snapshot);
      return;
    }
    if (this.#resyncing || (this.#last !== null && message.seq <= this.#last)) return;
    if (this.#last === null || message.seq !== this.#last + 1 || this.#wakesFigures(message.changes)) {
      this.#resync();
      return;
    }
    this.#last = message.seq;
    for (const change of message.changes) applyChange(this.#live, change);
  };

  /** Asks until a snapshot comes: an answer that got lost must not leave the page behind for ever. */
  #resync(): void {
    this.#resyncing = true;
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => this.#resync(), PATIENCE_MS);
    this.#backend.resync().catch(() => {
      clearTimeout(this.#retry);
      this.#retry = setTimeout(() => this.#resync(), RETRY_MS);
    });
  }

  #takeSnapshot(snapshot: Snapshot): void {
    const { link } = snapshot;
    const nothingYet = snapshot.lock.lockedSince === null && snapshot.accounts.length === 0 && (link.state === "connecting" || link.state === "down");
    const remembered = nothingYet ? recall(link) : null;
    this.#live.remembered.set(remembered !== null);
    applySnapshot(this.#live, remembered ? { ...snapshot, ...remembered } : snapshot);
    if (!nothingYet && snapshot.lock.lockedSince === null) forgetIfOther(link);
  }

  /** Whether figures of this session come while those of the last are on show; the two are never mixed. */
  #wakesFigures(changes: readonly Change[]): boolean {
    if (!this.#live.remembered.get()) return false;
    return changes.some(
      (change) =>
        (change.type === "link" && change.value.state !== "connecting" && change.value.state !== "down") ||
        !["link", "trading", "lock", "rules", "journal", "notice", "order", "blocked", "lines"].includes(change.type),
    );
  }
}

function applySnapshot(live: Live, snapshot: Snapshot): void {
  live.link.set(snapshot.link);
  live.trading.set(snapshot.trading);
  live.lock.set(snapshot.lock);
  live.rules.set(snapshot.rules);
  live.household.set(snapshot.household);
  live.journal.set(snapshot.journal);
  live.notices.set(snapshot.notices);
  live.blocked.set(snapshot.blocked);
  live.lines.set(snapshot.lines);
  live.accounts.replaceAll(snapshot.accounts.map((account) => [account.id, account]));
  live.positions.replaceAll(snapshot.positions.map((position) => [position.key, position]));
  live.merged.replaceAll(snapshot.merged.map((merged) => [String(merged.instrument.conId), merged]));
  live.strategies.replaceAll(snapshot.strategies.map((strategy) => [strategy.key, strategy]));
  live.greeks.replaceAll(snapshot.greeks.map((total) => [total.key, total]));
  live.quotes.replaceAll(snapshot.quotes.map((quote) => [String(quote.conId), quote]));
  live.orders.replaceAll(snapshot.orders.map((order) => [order.key, order]));
}

function applyChange(live: Live, change: Change): void {
  switch (change.type) {
    case "link":
      return live.link.set(change.value);
    case "trading":
      return live.trading.set(change.value);
    case "lock":
      return live.lock.set(change.value);
    case "rules":
      return live.rules.set(change.value);
    case "household":
      return live.household.set(change.value);
    case "journal":
      return live.journal.set(change.value);
    case "lines":
      return live.lines.set(change.value);
    case "notice":
      return live.addNotice(change.value);
    case "blocked":
      return live.blocked.set([change.value, ...live.blocked.get()]);
    case "account":
      return live.accounts.set(change.value.id, change.value);
    case "position":
      return live.positions.set(change.value.key, change.value);
    case "positionGone":
      return live.positions.delete(change.value);
    case "merged":
      return live.merged.set(String(change.value.instrument.conId), change.value);
    case "mergedGone":
      return live.merged.delete(String(change.value));
    case "strategy":
      return live.strategies.set(change.value.key, change.value);
    case "strategyGone":
      return live.strategies.delete(change.value);
    case "greeks":
      return live.greeks.set(change.value.key, change.value);
    case "greeksGone":
      return live.greeks.delete(change.value);
    case "quote":
      return live.quotes.set(String(change.value.conId), change.value);
    case "order":
      return live.orders.set(change.value.key, change.value);
  }
}
