import { asBackendError, type Backend, type MatchView, type PreviewOutcome, type PreviewView, type Reason, type RebalanceFault, type RebalanceInput, type RebalanceRowView, type RebalanceView } from "../../backend/backend";
import { ValueStore } from "../../lib/value-store";
import type { Live } from "../../live/live";
import { find, heldAs, priced } from "./find";
import { EMPTY_FORM, symbolsOf } from "./form";

/** How far an order of the plan has come. */
export type Standing =
  | { readonly at: "planned" }
  | { readonly at: "asking" }
  | { readonly at: "ready"; readonly preview: PreviewView }
  | { readonly at: "refused"; readonly word: string; readonly why: string }
  | { readonly at: "sending"; readonly preview: PreviewView }
  | { readonly at: "sent"; readonly order: string; readonly says: string; readonly preview: PreviewView }
  | { readonly at: "unsent"; readonly why: string };

/** An order of the plan. Its intent is made with the plan and never changes, so that nothing of it can be sent twice. */
export interface PlanOrder {
  readonly row: RebalanceRowView;
  readonly intent: string;
  readonly ticked: boolean;
  readonly standing: Standing;
}

/** What is being done, and how far it has come. */
export interface Work {
  readonly doing: "finding" | "planning" | "previewing" | "sending";
  readonly done: number;
  readonly of: number;
}

export interface State {
  /** Null until what was kept has been read. */
  readonly form: RebalanceInput | null;
  readonly faults: readonly RebalanceFault[];
  /** Symbols that several instruments bear. */
  readonly choices: Readonly<Record<string, readonly MatchView[]>>;
  readonly plan: RebalanceView | null;
  /** By the row's key, sales first. */
  readonly orders: ReadonlyMap<string, PlanOrder>;
  readonly work: Work | null;
  /** What went wrong beside the plan. */
  readonly trouble: string | null;
}

const START: State = { form: null, faults: [], choices: {}, plan: null, orders: new Map(), work: null, trouble: null };

/** Targets, the plan made from them, and its orders on their way. Every order goes by a preview and a confirmation of its own. */
export class Rebalancing {
  readonly state = new ValueStore<State>(START);
  readonly #backend: Backend;
  readonly #live: Live;
  #left = false;

  constructor(backend: Backend, live: Live) {
    this.#backend = backend;
    this.#live = live;
    let served = live.link.get()?.profile?.id;
    // Another profile has other accounts and targets of its own.
    live.link.subscribe(() => {
      const profile = live.link.get()?.profile?.id;
      if (served !== undefined && profile !== undefined && profile !== served) this.state.set(START);
      served = profile ?? served;
    });
  }

  #set(patch: Partial<State>): void {
    this.state.set({ ...this.state.get(), ...patch });
  }

  /** Reads what was kept, once. */
  async load(): Promise<void> {
    if (this.state.get().form) return;
    try {
      const { input, fault } = await this.#backend.keptTargets();
      if (this.state.get().form) return;
      this.#set({ form: input ?? EMPTY_FORM, trouble: fault });
    } catch (thrown) {
      this.#set({ form: EMPTY_FORM, trouble: asBackendError(thrown).message });
    }
  }

  /** What is typed; a plan of something else would mislead, so it goes. */
  edit(patch: Partial<RebalanceInput>): void {
    const { form, work } = this.state.get();
    if (!form || work) return;
    this.#letGo();
    this.#set({ form: { ...form, ...patch }, faults: [], plan: null, orders: new Map() });
  }

  /** What one of several instruments by the same symbol is. */
  choose(symbol: string, conId: number): void {
    const { form, choices } = this.state.get();
    if (!form) return;
    const { [symbol]: _chosen, ...others } = choices;
    this.#set({ choices: others });
    this.edit({ symbols: [...form.symbols.filter((known) => known.symbol !== symbol), { symbol, conId }] });
  }

  async plan(): Promise<void> {
    const { form, work } = this.state.get();
    if (!form || work) return;
    this.#letGo();
    this.#set({ plan: null, orders: new Map(), faults: [], choices: {}, trouble: null, work: { doing: "finding", done: 0, of: 0 } });
    try {
      const symbols = await this.#find(form);
      if (!symbols) return;
      const input = { ...form, symbols };
      this.#set({ form: input, work: { doing: "planning", done: 0, of: 0 } });
      await this.#backend.keepTargets(input).catch((thrown: unknown) => this.#set({ trouble: asBackendError(thrown).message }));
      const outcome = await this.#backend.rebalance(input);
      if (outcome.type === "faulty") this.#set({ faults: outcome.faults });
      else this.#set({ plan: outcome.plan, orders: ordersOf(outcome.plan) });
    } catch (thrown) {
      this.#set({ trouble: asBackendError(thrown).message });
    } finally {
      this.#set({ work: null });
    }
  }

  /** What the symbols are; null when the person has to choose first. */
  async #find(form: RebalanceInput): Promise<RebalanceInput["symbols"] | null> {
    const wanted = symbolsOf(form);
    const currency = this.#live.household.get()?.currency ?? null;
    const symbols: RebalanceInput["symbols"] = [];
    const choices: Record<string, readonly MatchView[]> = {};
    for (const [done, symbol] of wanted.entries()) {
      this.#set({ work: { doing: "finding", done, of: wanted.length } });
      const chosen = form.symbols.find((known) => known.symbol === symbol)?.conId ?? null;
      const known = heldAs(this.#live, symbol) ?? (chosen !== null && (await this.#exists(chosen, symbol)) ? chosen : null);
      if (known !== null) {
        symbols.push({ symbol, conId: known });
        continue;
      }
      const found = await find(this.#backend, symbol, currency);
      if ("fault" in found) this.#set({ trouble: found.fault });
      else if ("choices" in found) {
        if (found.choices.length > 0) choices[symbol] = found.choices;
      } else if (await this.#exists(found.conId, symbol)) symbols.push({ symbol, conId: found.conId });
    }
    if (Object.keys(choices).length > 0) {
      this.#set({ choices });
      return null;
    }
    await this.#backend.watchTargets(symbols.map(({ conId }) => conId));
    this.#left = false;
    await priced(this.#live, symbols.map(({ conId }) => conId));
    return symbols;
  }

  /** Whether it is still the stock of that symbol; it is looked up, so that it can be traded. */
  async #exists(conId: number, symbol: string): Promise<boolean> {
    try {
      const { kind, symbol: of } = await this.#backend.instrument(conId);
      return kind === "stock" && of.toUpperCase() === symbol;
    } catch {
      return false;
    }
  }

  tick(keys: readonly string[], ticked: boolean): void {
    for (const key of keys) this.#order(key, (order) => (canTick(order) ? { ...order, ticked } : order));
  }

  /** Asks the rules and the gateway about every ticked order, one after the other. */
  async preview(): Promise<void> {
    const keys = this.#ticked((standing) => standing.at === "planned" || standing.at === "refused" || standing.at === "unsent" || standing.at === "ready");
    if (this.state.get().work || keys.length === 0) return;
    this.#set({ trouble: null, work: { doing: "previewing", done: 0, of: keys.length } });
    for (const [done, key] of keys.entries()) {
      const order = this.state.get().orders.get(key);
      if (!this.state.get().work) break;
      this.#set({ work: { doing: "previewing", done, of: keys.length } });
      const draft = order?.row.draft;
      if (!order || !draft) continue;
      this.#stand(key, { at: "asking" });
      try {
        this.#stand(key, standingOf(await this.#backend.preview({ ...draft, intent: order.intent })));
      } catch (thrown) {
        this.#stand(key, { at: "refused", word: "No answer", why: asBackendError(thrown).message });
      }
    }
    this.#set({ work: null });
  }

  /** Sends what was confirmed, sales first. `typed` is by account, reasons by rule. Once a sale did not go out, no purchase of its account does: it was to be paid with what the sale brings. */
  async send(confirmed: readonly PlanOrder[], typed: Readonly<Record<string, string>>, reasons: Readonly<Record<string, string>>): Promise<void> {
    const keys = confirmed.map(({ row }) => row.key);
    if (this.state.get().work || keys.length === 0) return;
    this.#set({ trouble: null, work: { doing: "sending", done: 0, of: keys.length } });
    const unpaid = new Set<string | null>();
    for (const [done, key] of keys.entries()) {
      const standing = this.state.get().orders.get(key)?.standing;
      if (!this.state.get().work) break;
      this.#set({ work: { doing: "sending", done, of: keys.length } });
      const seen = confirmed[done]?.standing;
      // Only the very preview that was confirmed.
      if (standing?.at !== "ready" || standing !== seen) continue;
      const { preview } = standing;
      const row = confirmed[done]?.row;
      if (row?.side === "buy" && unpaid.has(row.account)) {
        this.#stand(key, { at: "unsent", why: "Kept back: a sale of this account did not go out, and the money for this was to come from it. Preview it again to send it nevertheless." });
        continue;
      }
      // From here on nothing sends this preview again.
      this.#stand(key, { at: "sending", preview });
      const because: Reason[] = needing(preview).map(({ rule }) => ({ rule, text: reasons[rule] ?? "" }));
      try {
        const order = await this.#backend.confirm(preview.id, preview.asksToType === null ? null : (typed[preview.account] ?? ""), because);
        this.#stand(key, { at: "sent", order: order.key, says: order.says, preview });
      } catch (thrown) {
        this.#stand(key, { at: "unsent", why: asBackendError(thrown).message });
        if (row?.side === "sell") unpaid.add(row.account);
      }
    }
    this.#set({ work: null });
  }

  /** Stops after what is under way. */
  stop(): void {
    const { work } = this.state.get();
    if (work?.doing === "previewing" || work?.doing === "sending") this.#set({ work: null });
  }

  /** The screen is left: the lines of market data are let go. */
  leave(): void {
    if (this.#left || this.state.get().work) return;
    this.#left = true;
    void this.#backend.watchTargets([]).catch(() => undefined);
  }

  #letGo(): void {
    for (const { standing } of this.state.get().orders.values()) {
      if (standing.at === "ready") void this.#backend.abandon(standing.preview.id).catch(() => undefined);
    }
  }

  #ticked(fits: (standing: Standing) => boolean): readonly string[] {
    return [...this.state.get().orders].filter(([, { ticked, standing }]) => ticked && fits(standing)).map(([key]) => key);
  }

  #stand(key: string, standing: Standing): void {
    this.#order(key, (order) => ({ ...order, standing }));
  }

  #order(key: string, change: (order: PlanOrder) => PlanOrder): void {
    const { orders } = this.state.get();
    const order = orders.get(key);
    if (order) this.#set({ orders: new Map(orders).set(key, change(order)) });
  }
}

/** What the gateway said of it, once it was asked. */
export function previewOf(standing: Standing): PreviewView | null {
  return standing.at === "ready" || standing.at === "sending" || standing.at === "sent" ? standing.preview : null;
}

/** What is on its way or has gone can't be taken out. */
export function canTick({ standing }: PlanOrder): boolean {
  return standing.at !== "sending" && standing.at !== "sent" && standing.at !== "asking";
}

/** The rules that want a reason typed. */
export function needing(preview: PreviewView) {
  return preview.verdict.findings.filter(({ needsReason }) => needsReason);
}

function ordersOf(plan: RebalanceView): ReadonlyMap<string, PlanOrder> {
  const rows = plan.scopes.flatMap((scope) => scope.rows).filter(({ draft }) => draft !== null);
  const sellsFirst = rows.toSorted((a, b) => Number(a.side !== "sell") - Number(b.side !== "sell"));
  return new Map(sellsFirst.map((row) => [row.key, { row, intent: crypto.randomUUID(), ticked: true, standing: { at: "planned" } }]));
}

function standingOf(outcome: PreviewOutcome): Standing {
  switch (outcome.type) {
    case "ready":
      return { at: "ready", preview: outcome.preview };
    case "blocked":
      return { at: "refused", word: "Blocked", why: outcome.verdict.findings.filter(({ blocks }) => blocks).map(({ says }) => says).join(" ") };
    case "faulty":
      return { at: "refused", word: "Not complete", why: outcome.faults.map(({ says }) => says).join(" ") };
    case "failed":
      return { at: "refused", word: "No answer", why: outcome.message };
  }
}
