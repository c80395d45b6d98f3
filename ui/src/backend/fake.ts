import { type Backend, BackendError } from "./backend";
import type { AccountKind, AppLockView, BackupView, BlockedView, CancelScope, ChainOutlookInput, Change, CheckInput, DraftInput, ErrorCode, ExportFormat, JournalEntryView, JournalQuery, KeptTargets, LinkView, LockView, Measured, NotifyChoice, OfferView, OrderCatalogue, OrderView, OwnRuleChoice, OwnRuleInput, OwnRuleWords, PageReport, PassOutcome, PayoffInput, PlanInput, PreviewView, ProfileDraft, Reason, RebalanceInput, RuleChoice, RulesView, Snapshot, StarterDraft, StepView, StreamMessage, Surroundings, TradingView, TriedOrderView, VaultView } from "./bindings";
import catalogue from "./fake/catalogue.json";
import { chainOf, ladderOf, optionQuoteOf, outlookOf, payoffOf, plannedOf, strikesOf } from "./fake/chain";
import { matching } from "./fake/journal";
import { FakeStarter } from "./fake/starter";
import { FakeProfiles, linkHistoryOf } from "./fake/profiles";
import { draftOf, orderOf, sampleOrders } from "./fake/orders";
import { greeksOf, STRATEGIES, strategyOf } from "./fake/strategies";
import { accountOf, HOLDINGS, householdOf, INSTRUMENTS, instrumentOf, mergedOf, OPTIONS, positionOf, PRICES, quoteOf, SKETCHES } from "./fake/portfolio";
import { ATTEMPTS, chosenOwn, triedOwn } from "./fake/own";
import ownWords from "./fake/own-words.json";
import { rebalanceOf, targetsReadOf } from "./fake/rebalance";
import { chosen, modesOn, RULES } from "./fake/rulebook";
import { movesWithOf, sizeFactsOf } from "./fake/sizing";
import { AROUND, FakeChecks } from "./fake/wizard";
import { checkOf, type Freshness, previewOf } from "./fake/rules";

// The one whose exchange takes little.
const PLAIN = 113170890;
const HASH = "9f2b6c1e4d7a80355c1f0e9d8b7a69584736251403f2e1d0c9b8a79685746352";

/** A backend without a program behind it: three paper accounts, for tests and for looking at the page. */
export class FakeBackend implements Backend {
  /** Every call but the stream's, as `name argument`. */
  readonly calls: string[] = [];
  /** What the next call of this name rejects with. */
  readonly failures = new Map<string, { code: ErrorCode; message: string }>();
  /** When set, confirm waits for it. */
  confirmGate: Promise<void> | null = null;
  /** The draft that the last preview was asked for. */
  lastPreviewed: DraftInput | null = null;
  previewLastsMs = 60_000;
  freshPrice = true;
  /** Whether live prices want a subscription. */
  delayedOffered = false;
  /** When set, the gateway does not answer what an order would do. */
  silent = false;
  demo = true;
  targets: KeptTargets = { input: null, fault: null };
  profileFile = new FakeProfiles();
  readonly starterOf = new FakeStarter();
  /** Which screen the page is asked to measure. */
  measured: Measured | null = null;
  readonly prices: Record<number, number> = { ...PRICES };
  readonly holdings = HOLDINGS.map((holding) => ({ ...holding }));
  orders: OrderView[] = [];
  blocked: BlockedView[] = [];
  journalEntries: JournalEntryView[] = [];
  backups: BackupView = { folder: "/home/sample/.local/share/gatehouse/backups", kept: 14, path: null, day: null, records: null, fault: null };
  link: LinkView;
  trading: TradingView = { stoppedSince: null };
  lockView: LockView = { lockedSince: null, says: "", waiting: 0 };
  /** Null while there is no lock. */
  passphrase: string | null = null;
  lockState: AppLockView = { set: false, idleMinutes: null, locked: false, tryAgainAt: null };
  vault: VaultView = { state: "open", says: "The keychain is open.", secrets: [] };
  uses = 0;
  around: Surroundings = AROUND;
  readonly checks = new FakeChecks();
  /** What the person said of accounts. */
  readonly saidKinds = new Map<string, AccountKind>();
  rulebook: RulesView = { rules: [...RULES], own: [], accounts: [], fault: null };
  /** The last orders that an edited rule is held against. */
  attempts: readonly TriedOrderView[] = ATTEMPTS;
  #revision = 0;
  /** Whether the accounts are told yet. */
  known = true;
  #receive: ((message: StreamMessage) => void) | null = null;
  #seq = 0;
  #previews = new Map<string, { readonly preview: PreviewView; readonly draft: DraftInput }>();
  #drafts = new Map<string, DraftInput>();
  #made = 0;

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
    this.send({ type: "journal", value: this.#head });
  }

  get #freshness(): Freshness {
    return this.delayedOffered ? "refused" : this.freshPrice ? "fresh" : "old";
  }

  get #head() {
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
      rules: { revision: this.#revision, fault: this.rulebook.fault, modes: modesOn(this.rulebook) },
      accounts,
      household: householdOf(accounts, at),
      positions,
      merged: mergedOf(positions, at),
      strategies: this.known ? STRATEGIES.map((strategy) => strategyOf(strategy, at)) : [],
      greeks: this.known ? greeksOf(at) : [],
      quotes: Object.entries(this.prices).map(([conId, price]) => quoteOf(Number(conId), price, at)),
      orders: this.orders,
      journal: this.#head,
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

  #log(name: string, argument = ""): void {
    this.calls.push(`${name} ${argument}`.trim());
    const failure = this.failures.get(name);
    this.failures.delete(name);
    if (failure) throw new BackendError(failure);
  }

  callsOf(name: string): readonly string[] {
    return this.calls.filter((call) => call.split(" ")[0] === name);
  }

  async lookAround(ports: readonly number[]) {
    this.#log("lookAround", ports.join(","));
    return this.around;
  }

  async prove(input: CheckInput, tell: (step: StepView) => void) {
    this.#log("prove", `${input.host}:${input.port} ${input.clientId} ${input.expects ?? "either"}`);
    return this.checks.prove(input, tell);
  }

  async stopProving(): Promise<void> {
    this.#log("stopProving");
  }

  async sayAccountKind(account: string, said: AccountKind | null): Promise<void> {
    this.#log("sayAccountKind", `${account} ${said ?? ""}`);
    if (said) this.saidKinds.set(account, said);
    else this.saidKinds.delete(account);
    this.send(this.snapshot().accounts.map((value): Change => ({ type: "account", value })));
  }

  async attach(receive: (message: StreamMessage) => void): Promise<void> {
    this.#receive = receive;
    this.#sendSnapshot();
  }

  async resync(): Promise<void> {
    this.#log("resync");
    this.#sendSnapshot();
  }

  #sendSnapshot(): void {
    this.#seq += 1;
    this.#receive?.({ type: "snapshot", seq: this.#seq, snapshot: this.snapshot() });
  }

  async search(pattern: string) {
    this.#log("search", pattern);
    const wanted = pattern.toLowerCase();
    const spelled = OPTIONS.filter(({ symbol, expiry, strike, right }) => wanted === `${symbol} ${expiry} ${strike} ${right === "call" ? "c" : "p"}`.toLowerCase());
    if (spelled.length > 0) return spelled;
    const pair = INSTRUMENTS.filter(({ kind, symbol, currency }) => kind === "forex" && wanted === `${symbol}.${currency}`.toLowerCase());
    if (pair.length > 0) return pair;
    return INSTRUMENTS.filter(({ symbol, name }) => symbol.toLowerCase().startsWith(wanted) || name?.toLowerCase().includes(wanted));
  }

  async instrument(conId: number) {
    this.#log("instrument", String(conId));
    return instrumentOf(conId);
  }

  async watch(conId: number): Promise<void> {
    this.#log("watch", String(conId));
  }

  async unwatch(conId: number): Promise<void> {
    this.#log("unwatch", String(conId));
  }

  async orderCatalogue() {
    return catalogue as unknown as OrderCatalogue;
  }

  async chain(conId: number) {
    this.#log("chain", String(conId));
    const chain = chainOf(conId, Date.now());
    if (!chain) throw new BackendError({ code: "notFound", message: "There are no options on it." });
    return chain;
  }

  async strikes(conId: number, tradingClass: string, expiry: string) {
    this.#log("strikes", `${conId} ${tradingClass} ${expiry}`);
    return strikesOf(conId, tradingClass, expiry, Date.now());
  }

  async chainOutlook(input: ChainOutlookInput) {
    this.#log("chainOutlook", JSON.stringify(input));
    return outlookOf(input, Date.now());
  }

  async volatilityHistory(conId: number): Promise<void> {
    this.#log("volatilityHistory", String(conId));
  }

  async dayRange(conId: number) {
    this.#log("dayRange", String(conId));
    return { average: "3.1234", days: 14, told: 62, newest: "20261127", at: Date.now() };
  }

  async sizeFacts(account: string) {
    this.#log("sizeFacts", account);
    return sizeFactsOf(account, this.orders);
  }

  async movesWith(account: string, conId: number) {
    this.#log("movesWith", `${account} ${conId}`);
    return movesWithOf(account, conId, this.holdings, this.prices);
  }

  async payoff(input: PayoffInput) {
    this.#log("payoff", JSON.stringify(input));
    return payoffOf(input);
  }

  async plan(input: PlanInput) {
    this.#log("plan", JSON.stringify(input));
    return plannedOf(input);
  }

  async ladder(conId: number) {
    this.#log("ladder", String(conId));
    return ladderOf(conId);
  }

  async showOptions(conIds: readonly number[]): Promise<void> {
    this.#log("showOptions", conIds.join(" "));
    if (conIds.length > 0) this.send(conIds.map((conId) => ({ type: "quote" as const, value: optionQuoteOf(conId, Date.now()) })));
    this.send({ type: "lines", value: { budget: 100, others: 12, steady: conIds.length, inTurn: 0, takingTurns: 0 } });
  }

  async offer(conId: number): Promise<OfferView> {
    const all = catalogue as unknown as OrderCatalogue;
    if (conId === PLAIN) {
      return { conId, orderTypes: ["limit", "market"], tifs: ["day"], algos: false, conditions: false, hidden: false, displaySize: false, allOrNone: false, oca: false };
    }
    return {
      conId,
      orderTypes: all.orderTypes.map(({ orderType }) => orderType),
      tifs: all.tifs.map(({ tif }) => tif),
      algos: true,
      conditions: true,
      hidden: true,
      displaySize: true,
      allOrNone: true,
      oca: true,
    };
  }

  async refill(orderKey: string): Promise<DraftInput> {
    const order = this.orders.find(({ key }) => key === orderKey);
    const draft = this.#drafts.get(orderKey) ?? (order && draftOf(order));
    if (!draft) throw new BackendError({ code: "refused", message: "What this order was sent as is not known. Cancel it and make a new one." });
    return { ...draft, changes: draft.intent };
  }

  async remake(orderKey: string): Promise<DraftInput> {
    this.#log("remake", orderKey);
    const order = this.orders.find(({ key }) => key === orderKey);
    const draft = this.#drafts.get(orderKey) ?? (order && draftOf(order));
    if (!draft) throw new BackendError({ code: "refused", message: "What this order was sent as is not known. Fill in a new ticket." });
    return { ...draft, changes: null };
  }

  async useDelayedData(): Promise<void> {
    this.#log("useDelayedData");
    this.delayedOffered = false;
  }

  async rebalance(input: RebalanceInput) {
    this.#log("rebalance");
    return rebalanceOf(input, Date.now());
  }

  async watchTargets(conIds: readonly number[]): Promise<void> {
    this.#log("watchTargets", conIds.join(" "));
  }

  async readTargets(text: string) {
    this.#log("readTargets");
    return targetsReadOf(text);
  }

  async keptTargets(): Promise<KeptTargets> {
    this.#log("keptTargets");
    return this.targets;
  }

  async keepTargets(input: RebalanceInput): Promise<void> {
    this.#log("keepTargets");
    this.targets = { input, fault: null };
  }

  async check(draft: DraftInput) {
    this.#log("check");
    return checkOf(draft, this.holdings, this.prices[draft.conId ?? 0] ?? 0, this.#freshness);
  }

  async preview(draft: DraftInput) {
    this.#log("preview", draft.intent);
    this.lastPreviewed = draft;
    const check = checkOf(draft, this.holdings, this.prices[draft.conId ?? 0] ?? 0, this.#freshness);
    if (!check.verdict) return { type: "faulty" as const, faults: check.faults };
    if (!check.verdict.clear) {
      this.write("blocked", draft.account, draft.intent, `Blocked: ${check.verdict.findings.find(({ outcome }) => outcome === "blocked")?.says ?? ""}`);
      return { type: "blocked" as const, verdict: check.verdict };
    }
    if (this.silent && !draft.waivers.silentWhatIf) {
      return { type: "failed" as const, verdict: check.verdict, message: "The gateway did not answer within 8 s.", canGoOn: true };
    }
    this.#made += 1;
    const held = this.holdings.find(({ account, conId }) => account === draft.account && conId === draft.conId)?.quantity ?? 0;
    const paper = previewOf(`preview-${this.#made}`, draft, check, this.prices[draft.conId ?? 0] ?? 0, held, Date.now(), this.previewLastsMs);
    const preview = this.link.mode === "live" ? { ...paper, paper: false, simulated: false, asksToType: draft.account.slice(-4) } : paper;
    this.#previews.set(preview.id, { preview, draft });
    this.write("previewed", draft.account, draft.intent, `Previewed: ${preview.sentence}`);
    return { type: "ready" as const, preview };
  }

  async armLive(minutes: number, typed: string): Promise<void> {
    this.#log("armLive", `${minutes} ${typed}`);
    this.#link({ readOnly: false, armedUntil: Date.now() + minutes * 60_000 });
  }

  async disarmLive(): Promise<void> {
    this.#log("disarmLive");
    this.#link({ readOnly: true, armedUntil: null });
  }

  #link(changed: Partial<LinkView>): void {
    this.link = { ...this.link, ...changed };
    this.send({ type: "link", value: this.link });
  }

  async stopTrading() {
    this.#log("stopTrading");
    this.trading = { ...this.trading, stoppedSince: this.trading.stoppedSince ?? Date.now() };
    this.send({ type: "trading", value: this.trading });
    return this.cancelMany({ type: "everything", othersToo: true });
  }

  async resumeTrading(): Promise<void> {
    this.#log("resumeTrading");
    this.trading = { ...this.trading, stoppedSince: null };
    this.send({ type: "trading", value: this.trading });
  }

  async confirm(previewId: string, typed: string | null, reasons: readonly Reason[]) {
    this.#log("confirm", [previewId, ...(typed === null ? [] : [typed]), ...reasons.map(({ rule, text }) => `${rule}=${text}`)].join(" "));
    await this.confirmGate;
    const made = this.#previews.get(previewId);
    this.#previews.delete(previewId);
    if (!made) throw new BackendError({ code: "previewGone", message: "This preview was used or has expired. Preview again." });
    const order = orderOf(made.preview, made.draft, previewId.replace("preview", "o"), Date.now());
    this.#drafts.set(order.key, made.draft);
    this.write("approved", order.account, order.intent, `Approved and sent: ${made.preview.sentence}`);
    this.putOrder(order);
    return order;
  }

  async abandon(previewId: string): Promise<void> {
    this.#log("abandon", previewId);
    this.#previews.delete(previewId);
  }

  async cancel(orderKey: string): Promise<void> {
    this.#log("cancel", orderKey);
    const order = this.orders.find(({ key }) => key === orderKey);
    if (order) this.putOrder({ ...order, state: "cancelled", says: "Cancelled by you.", canCancel: false });
  }

  async cancelMany(scope: CancelScope) {
    this.#log("cancelMany", JSON.stringify(scope));
    const open = this.orders.filter(({ account, instrument, key, family, state }) => {
      if (["filled", "cancelled", "rejected", "notAtBroker"].includes(state)) return false;
      if (scope.type === "account") return account === scope.account;
      if (scope.type === "instrument") return account === scope.account && instrument.conId === scope.conId;
      return scope.type === "everything" || key === scope.key || family?.key === scope.key;
    });
    const wanted = open.filter(({ canCancel, madeElsewhere }) => canCancel || madeElsewhere === null || (scope.type === "everything" && scope.othersToo));
    for (const order of wanted) this.putOrder({ ...order, state: "cancelling", says: "Cancel asked for", canCancel: false });
    const elsewhere = open.length - wanted.length;
    return { asked: wanted.length, waiting: 0, underWay: 0, elsewhere, says: `Cancel asked for ${wanted.length} orders.` };
  }

  async journal(query: JournalQuery) {
    this.#log("journal");
    const hits = matching(this.journalEntries, query);
    return { entries: hits.slice(0, query.limit), more: hits.length > query.limit };
  }

  async verifyJournal(noted: string | null) {
    this.#log("verifyJournal");
    const { seq, hash } = this.#head;
    const passes = noted === null || noted === `${seq}:${hash}`;
    return passes ? { intact: true, seq, hash, says: `All ${seq} records are as they were written.` } : { intact: false, seq, hash: null, says: `Record ${seq} is not as it was written: the journal was rewritten.` };
  }

  async exportJournal(query: JournalQuery, format: ExportFormat) {
    this.#log("exportJournal");
    const end = format === "csv" ? "csv" : "jsonl";
    return { path: `/home/sample/Downloads/gatehouse-journal-2026-12-18.${end}`, records: matching(this.journalEntries, query).length };
  }

  async backUpJournal(): Promise<BackupView> {
    this.#log("backUpJournal");
    this.backups = { ...this.backups, day: "2026-12-18", records: this.journalEntries.length, path: `${this.backups.folder}/journal-2026-12-18-000400.db` };
    return this.backups;
  }

  async journalBackups(): Promise<BackupView> {
    this.#log("journalBackups");
    return this.backups;
  }

  /** Exchanges the rules, as the program does when the rule file changes. */
  putRules(rulebook: RulesView): RulesView {
    this.rulebook = rulebook;
    this.#revision += 1;
    this.send({ type: "rules", value: { revision: this.#revision, fault: rulebook.fault, modes: modesOn(rulebook) } });
    return rulebook;
  }

  async rules() {
    this.#log("rules");
    return this.rulebook;
  }

  async setRule(choice: RuleChoice) {
    this.#log("setRule", JSON.stringify(choice));
    const outcome = chosen(this.rulebook, choice);
    if (outcome.type === "kept") this.putRules(outcome.rules);
    return outcome;
  }

  async ownRuleWords() {
    this.#log("ownRuleWords");
    return ownWords as OwnRuleWords;
  }

  async tryOwnRule(input: OwnRuleInput) {
    this.#log("tryOwnRule", JSON.stringify(input));
    return triedOwn(input, this.attempts);
  }

  async setOwnRule(choice: OwnRuleChoice, word: string | null) {
    this.#log("setOwnRule", JSON.stringify(choice));
    const outcome = chosenOwn(this.rulebook, choice, word);
    if (outcome.type === "kept") this.putRules(outcome.rules);
    return outcome;
  }

  async rereadRules() {
    this.#log("rereadRules");
    return this.putRules({ ...this.rulebook, fault: null });
  }

  async restoreRules() {
    this.#log("restoreRules");
    return this.putRules({ ...this.rulebook, fault: null });
  }

  /** Locks or unlocks the window, as the program does. */
  putLock(says: string | null): void {
    this.lockView = says === null ? { lockedSince: null, says: "", waiting: 0 } : { lockedSince: Date.now(), says, waiting: 0 };
    this.#sendSnapshot();
  }

  #pass(passphrase: string): PassOutcome {
    return passphrase === this.passphrase ? { type: "passed" } : { type: "wrong", tryAgainAt: this.lockState.tryAgainAt };
  }

  #keep(passphrase: string | null): void {
    this.passphrase = passphrase;
    this.lockState = { ...this.lockState, set: passphrase !== null };
    const held = "The app lock stands on it. Take the lock off, which asks for the passphrase; that deletes it.";
    this.vault = { ...this.vault, secrets: passphrase === null ? [] : [{ name: "app-lock", about: "Checks the passphrase of the app lock", held }] };
  }

  async appLock(): Promise<AppLockView> {
    this.#log("appLock");
    return this.lockState;
  }

  async lock(): Promise<void> {
    this.#log("lock");
    if (this.passphrase === null) throw new BackendError({ code: "notFound", message: "There is no passphrase to unlock it with. Set one in Settings, under App lock." });
    this.putLock("You locked it.");
  }

  async unlock(passphrase: string): Promise<PassOutcome> {
    this.#log("unlock");
    const outcome = this.#pass(passphrase);
    if (outcome.type === "passed") this.putLock(null);
    return outcome;
  }

  async setPassphrase(current: string | null, passphrase: string): Promise<PassOutcome> {
    this.#log("setPassphrase");
    const outcome = this.passphrase === null ? ({ type: "passed" } as const) : this.#pass(current ?? "");
    if (outcome.type === "passed") this.#keep(passphrase);
    return outcome;
  }

  async removePassphrase(passphrase: string): Promise<PassOutcome> {
    this.#log("removePassphrase");
    const outcome = this.#pass(passphrase);
    if (outcome.type === "passed") this.#keep(null);
    return outcome;
  }

  async lockWhenIdle(minutes: number | null): Promise<AppLockView> {
    this.#log("lockWhenIdle", String(minutes));
    this.lockState = { ...this.lockState, idleMinutes: minutes };
    return this.lockState;
  }

  async inUse(): Promise<void> {
    this.uses += 1;
  }

  async keychain(): Promise<VaultView> {
    this.#log("keychain");
    return this.vault;
  }

  async deleteSecret(name: string): Promise<VaultView> {
    this.#log("deleteSecret", name);
    this.vault = { ...this.vault, secrets: this.vault.secrets.filter((secret) => secret.name !== name) };
    return this.vault;
  }

  async connectNow(): Promise<void> {
    this.#log("connectNow");
  }

  async notifyAbout(choice: NotifyChoice): Promise<void> {
    this.#log("notifyAbout", JSON.stringify(choice));
  }

  async about() {
    return { version: "0.1.0", dataDir: "/home/person/.local/share/app.gatehouse.desktop", demo: this.demo, simulated: this.link.simulated, address: this.link.address, clientId: 17, report: this.measured };
  }

  async profiles() {
    this.#log("profiles");
    return this.profileFile.view;
  }

  async saveProfile(draft: ProfileDraft) {
    this.#log("saveProfile", JSON.stringify(draft));
    return this.profileFile.save(draft);
  }

  async deleteProfile(id: string) {
    this.#log("deleteProfile", id);
    return this.profileFile.forget(id);
  }

  async connectProfile(id: string) {
    this.#log("connectProfile", id);
    return this.profileFile.serve(id);
  }

  async disconnect() {
    this.#log("disconnect");
    this.setLink({ state: "off", says: "Not connected, because you want it so." });
    return this.profileFile.letGo();
  }

  async openBeside(id: string): Promise<void> {
    this.#log("openBeside", id);
    this.profileFile.openElsewhere(id);
  }

  async starter() {
    this.#log("starter");
    return this.starterOf.asked();
  }

  async keepStarter(draft: StarterDraft) {
    this.#log("keepStarter", JSON.stringify(draft));
    return this.starterOf.keep(draft);
  }

  async starterConfig() {
    this.#log("starterConfig");
    return this.starterOf.preview;
  }

  async writeStarterConfig(seen: string) {
    this.#log("writeStarterConfig", seen);
    return this.starterOf.write();
  }

  async keepGatewayPassword() {
    // What was typed is written down nowhere.
    this.#log("keepGatewayPassword");
    return this.starterOf.set({ password: "stored" });
  }

  async forgetGatewayPassword() {
    this.#log("forgetGatewayPassword");
    return this.starterOf.set({ password: "none" });
  }

  async startGateway() {
    this.#log("startGateway");
    return this.starterOf.start();
  }

  async stopGateway() {
    this.#log("stopGateway");
    return this.starterOf.set({ run: { type: "ended", says: "It was stopped." } });
  }

  async windowScope() {
    return "";
  }

  async goOn(typed: string): Promise<void> {
    this.#log("goOn", typed);
    this.setLink({ state: "up", held: null });
  }

  async linkHistory() {
    this.#log("linkHistory");
    return linkHistoryOf(Date.now());
  }

  async report(measured: PageReport): Promise<void> {
    this.#log("report", measured.type);
  }

  async simGateway(action: "stop" | "start"): Promise<void> {
    this.#log("simGateway", action);
    const now = Date.now();
    if (action === "stop") this.setLink({ state: "down", says: "The gateway closed the connection.", retryAt: now + 8000, since: now });
    else this.setLink({ state: "up", says: "Connected to the simulated gateway.", retryAt: null, since: now, lastHeard: now });
  }
}
