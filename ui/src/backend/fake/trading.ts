import { BackendError } from "../backend";
import type { CancelScope, DraftInput, LinkView, OfferView, OrderCatalogue, PreviewView, Reason } from "../bindings";
import catalogue from "./catalogue.json";
import { draftOf, orderOf } from "./orders";
import { checkOf, type Freshness, previewOf } from "./rules";
import { FakeMarket } from "./market";

// The one whose exchange takes little.
const PLAIN = 113170890;

/** An order's way: checks, previews, confirmations, cancels, the stop. */
export class FakeTrading extends FakeMarket {
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
  #previews = new Map<string, { readonly preview: PreviewView; readonly draft: DraftInput }>();
  #drafts = new Map<string, DraftInput>();
  #made = 0;

  get #freshness(): Freshness {
    return this.delayedOffered ? "refused" : this.freshPrice ? "fresh" : "old";
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
    this.log("remake", orderKey);
    const order = this.orders.find(({ key }) => key === orderKey);
    const draft = this.#drafts.get(orderKey) ?? (order && draftOf(order));
    if (!draft) throw new BackendError({ code: "refused", message: "What this order was sent as is not known. Fill in a new ticket." });
    return { ...draft, changes: null };
  }

  async useDelayedData(): Promise<void> {
    this.log("useDelayedData");
    this.delayedOffered = false;
  }

  async check(draft: DraftInput) {
    this.log("check");
    return checkOf(draft, this.holdings, this.prices[draft.conId ?? 0] ?? 0, this.#freshness);
  }

  async preview(draft: DraftInput) {
    this.log("preview", draft.intent);
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
    this.log("armLive", `${minutes} ${typed}`);
    this.#link({ readOnly: false, armedUntil: Date.now() + minutes * 60_000 });
  }

  async disarmLive(): Promise<void> {
    this.log("disarmLive");
    this.#link({ readOnly: true, armedUntil: null });
  }

  #link(changed: Partial<LinkView>): void {
    this.link = { ...this.link, ...changed };
    this.send({ type: "link", value: this.link });
  }

  async stopTrading() {
    this.log("stopTrading");
    this.trading = { ...this.trading, stoppedSince: this.trading.stoppedSince ?? Date.now() };
    this.send({ type: "trading", value: this.trading });
    if (this.link.state === "down") {
      return { asked: 0, waiting: 0, underWay: 0, elsewhere: 0, reached: false, says: "There is no link to the gateway, so nothing could be cancelled." };
    }
    return this.cancelMany({ type: "everything", othersToo: true });
  }

  async resumeTrading(): Promise<void> {
    this.log("resumeTrading");
    this.trading = { ...this.trading, stoppedSince: null };
    this.send({ type: "trading", value: this.trading });
  }

  async confirm(previewId: string, typed: string | null, reasons: readonly Reason[]) {
    this.log("confirm", [previewId, ...(typed === null ? [] : [typed]), ...reasons.map(({ rule, text }) => `${rule}=${text}`)].join(" "));
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
    this.log("abandon", previewId);
    this.#previews.delete(previewId);
  }

  async cancel(orderKey: string): Promise<void> {
    this.log("cancel", orderKey);
    const order = this.orders.find(({ key }) => key === orderKey);
    if (order) this.putOrder({ ...order, state: "cancelled", says: "Cancelled by you.", canCancel: false });
  }

  async cancelMany(scope: CancelScope) {
    this.log("cancelMany", JSON.stringify(scope));
    if (this.link.state === "down") throw new BackendError({ code: "notConnected", message: "There is no link to the gateway." });
    const open = this.orders.filter(({ account, instrument, key, family, state }) => {
      if (["filled", "cancelled", "rejected", "notAtBroker"].includes(state)) return false;
      if (scope.type === "account") return account === scope.account;
      if (scope.type === "instrument") return account === scope.account && instrument.conId === scope.conId;
      return scope.type === "everything" || key === scope.key || family?.key === scope.key;
    });
    const wanted = open.filter(({ canCancel, madeElsewhere }) => canCancel || madeElsewhere === null || (scope.type === "everything" && scope.othersToo));
    for (const order of wanted) this.putOrder({ ...order, state: "cancelling", says: "Cancel asked for", canCancel: false });
    const elsewhere = open.length - wanted.length;
    return { asked: wanted.length, waiting: 0, underWay: 0, elsewhere, reached: true, says: `Cancel asked for ${wanted.length} orders.` };
  }
}
