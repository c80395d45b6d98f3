import { BackendError } from "../backend";
import type { AccountKind, BlockedView, Change, ErrorCode, JournalEntryView, LinkView, LockView, OrderView, RulesView, Snapshot, StreamMessage, TradingView } from "../bindings";
import { sampleOrders } from "./orders";
import { greeksOf, STRATEGIES, strategyOf } from "./strategies";
import { accountOf, HOLDINGS, householdOf, mergedOf, positionOf, PRICES, quoteOf, SKETCHES } from "./portfolio";
import { modesOn, RULES } from "./rulebook";

const HASH = "9f2b6c1e4d7a80355c1f0e9d8b7a69584736251403f2e1d0c9b8a79685746352";

/** What the program keeps and streams: the snapshot, its deltas, and a log of what was asked. */
export class FakeDesk {
  /** Every call but the stream's, as `name argument`. */
  readonly calls: string[] = [];
  /** What the next call of this name rejects with. */
  readonly failures = new Map<string, { code: ErrorCode; message: string }>();
  readonly prices: Record<number, number> = { ...PRICES };
  readonly holdings = HOLDINGS.map((holding) => ({ ...holding }));
  orders: OrderView[] = [];
  blocked: BlockedView[] = [];
  journalEntries: JournalEntryView[] = [];
  link: LinkView;
  trading: TradingView = { stoppedSince: null };
  lockView: LockView = { lockedSince: null, says: "", waiting: 0 };
  /** What the person said of accounts. */
  readonly saidKinds = new Map<string, AccountKind>();
  rulebook: RulesView = { rules: [...RULES], own: [], accounts: [], fault: null };
  protected revision = 0;
  /** Whether the accounts are told yet. */
  known = true;
  #receive: ((message: StreamMessage) => void) | null = null;
  #seq = 0;

  constructor() {
    const now = Date.now();
    this.link = {
      state: "up",
      mode: "paper",
      simulated: true,
      readOnly: false,
      armedUntil: null,
      says: "Connected to the simulated gateway.",
      lastHeard: now,
      retryAt: null,
      since: now,
      address: "127.0.0.1:4002",
      serverVersion: 222,
      profile: null,
      held: null,
      restartAt: null,
      restarting: false,
    };
    this.write("session", null, null, "Gatehouse started.");
  }

  withSamples(): this {
    const now = Date.now();
    this.orders = sampleOrders(now);
    this.blocked = [{ id: 1, at: now - 5000, account: "DU1000002", intent: "i-0", says: "Blocked: Sell 100 AAPL at 180.00 or better. A Roth IRA can't sell short. You hold 40." }];
    for (let i = 0; i < 400; i += 1) this.write("blocked", "DU1000002", `i-${i}`, "Blocked: sell 100 AAPL in DU1000002 (Roth IRA). A Roth IRA can't sell short. You hold 40.");
    return this;
  }

  write(kind: string, account: string | null, intent: string | null, says: string): void {
    const seq = this.journalEntries.length + 1;
    const hash = (seq.toString(16).padStart(4, "0") + HASH).slice(0, 64);
    this.journalEntries.unshift({ seq, at: Date.now() - 1000, account, intent, kind, says, body: JSON.stringify({ kind, account, intent }), hash });
    this.send({ type: "journal", value: this.head });
  }

  protected get head() {
    return { seq: this.journalEntries.length, hash: this.journalEntries[0]?.hash ?? HASH, fault: null };
  }

  snapshot(at = Date.now()): Snapshot {
    const whole = this.#whole(at);
    if (this.lockView.lockedSince === null) return whole;
    return { ...whole, accounts: [], household: householdOf([], at), positions: [], merged: [], strategies: [], greeks: [], quotes: [], orders: [], notices: [], blocked: [] };
  }

  #whole(at: number): Snapshot {
    const positions = this.known ? this.holdings.map((holding) => positionOf(holding, this.prices[holding.conId] ?? 0, at)) : [];
    const accounts = this.known ? SKETCHES.map((sketch) => accountOf(sketch, positions, at, this.saidKinds.get(sketch.id) ?? null)) : [];
    return {
      link: this.link,
      trading: this.trading,
      lock: this.lockView,
      rules: { revision: this.revision, fault: this.rulebook.fault, modes: modesOn(this.rulebook) },
      accounts,
      household: householdOf(accounts, at),
      positions,
      merged: mergedOf(positions, at),
      strategies: this.known ? STRATEGIES.map((strategy) => strategyOf(strategy, at)) : [],
      greeks: this.known ? greeksOf(at) : [],
      quotes: Object.entries(this.prices).map(([conId, price]) => quoteOf(Number(conId), price, at)),
      orders: this.orders,
      journal: this.head,
      notices: [],
      lines: { budget: 100, others: 12, steady: 0, inTurn: 0, takingTurns: 0 },
      blocked: this.blocked,
    };
  }

  /** Sends one delta; `skip` loses that many before it. */
  send(change: Change | readonly Change[], skip = 0): void {
    if (!this.#receive) return;
    this.#seq += 1 + skip;
    this.#receive({ type: "delta", seq: this.#seq, changes: Array.isArray(change) ? [...change] : [change as Change] });
  }

  setLink(patch: Partial<LinkView>): void {
    this.link = { ...this.link, ...patch };
    this.send({ type: "link", value: this.link });
  }

  putOrder(order: OrderView): void {
    this.orders = [order, ...this.orders.filter(({ key }) => key !== order.key)];
    this.send({ type: "order", value: order });
  }

  /** Moves one price and all that hangs on it. */
  move(conId: number, price: number): void {
    this.prices[conId] = price;
    const { accounts, household, positions, merged } = this.snapshot();
    this.setLink({ lastHeard: Date.now() });
    this.send([
      { type: "quote", value: quoteOf(conId, price, Date.now()) },
      { type: "household", value: household },
      ...accounts.map((value): Change => ({ type: "account", value })),
      ...positions.filter(({ instrument }) => instrument.conId === conId).map((value): Change => ({ type: "position", value })),
      ...merged.filter(({ instrument }) => instrument.conId === conId).map((value): Change => ({ type: "merged", value })),
    ]);
  }

  protected log(name: string, argument = ""): void {
    this.calls.push(`${name} ${argument}`.trim());
    const failure = this.failures.get(name);
    this.failures.delete(name);
    if (failure) throw new BackendError(failure);
  }

  callsOf(name: string): readonly string[] {
    return this.calls.filter((call) => call.split(" ")[0] === name);
  }

  async attach(receive: (message: StreamMessage) => void): Promise<void> {
    this.#receive = receive;
    this.#sendSnapshot();
  }

  async resync(): Promise<void> {
    this.log("resync");
    this.#sendSnapshot();
  }

  #sendSnapshot(): void {
    this.#seq += 1;
    this.#receive?.({ type: "snapshot", seq: this.#seq, snapshot: this.snapshot() });
  }

  /** Locks or unlocks the window, as the program does. */
  putLock(says: string | null): void {
    this.lockView = says === null ? { lockedSince: null, says: "", waiting: 0 } : { lockedSince: Date.now(), says, waiting: 0 };
    this.#sendSnapshot();
  }
}
