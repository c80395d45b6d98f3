import {
  asBackendError,
  type Backend,
  BackendError,
  type CheckView,
  type DraftInput,
  type InstrumentView,
  type LegInput,
  type Mend,
  type OfferView,
  type OrderCatalogue,
  type OrderMend,
  type OrderView,
  type PreviewOutcome,
  type PreviewView,
  type QuoteView,
  type Reason,
} from "../../backend/backend";
import { keep, readKept } from "../../lib/kept";
import { ValueStore } from "../../lib/value-store";
import type { Decimal } from "../../lib/decimal";
import { type Aim, aimed, type Aims, entryOf, NO_EXITS, steady } from "./aims";
import { LegBook } from "./combo/legs";
import { COMBO_OFFER } from "./combo/offer";
import { isPlain, isTouched, type LegsPrefill, type Prefill, withoutPrices } from "./draft";
import { acceptKeptTicket, freshTicket, type KeptTicket } from "./kept-ticket";
import { mended } from "./mended";
import { type Choices, settle } from "./offered";
import { type Preset, presetPatch, Presets, purposeWords } from "./presets";
import { orderWords } from "./words";

/** Where the ticket stands. Each stage carries just what it needs. */
export type Stage =
  | { readonly at: "editing"; readonly outcome: Exclude<PreviewOutcome, { type: "ready" }> | null; readonly error: BackendError | null }
  | { readonly at: "previewing" }
  | { readonly at: "previewed"; readonly preview: PreviewView; readonly draft: DraftInput; readonly asking: boolean; readonly sending: boolean; readonly error: BackendError | null }
  | { readonly at: "sent"; readonly order: OrderView; readonly sentence: string };

export interface TicketState extends KeptTicket {
  /** Everything there is to choose from; null until it is told. */
  readonly catalogue: OrderCatalogue | null;
  /** What of it the chosen instrument takes; null while that is not known. */
  readonly offer: OfferView | null;
  /** What fell away because it is not on offer, a sentence each. */
  readonly notes: readonly string[];
  /** Why the chosen instrument could not be read. */
  readonly instrumentError: BackendError | null;
  /** The local rules' word on the draft as it stands; null while it is not known. */
  readonly check: CheckView | null;
  readonly stage: Stage;
}

const EDITING: Extract<Stage, { at: "editing" }> = { at: "editing", outcome: null, error: null };
const CHECK_DELAY_MS = 150;
const NAME = "ticket.1";
const MOVES_ENTRY = ["side", "orderType", "limitPrice", "stopPrice", "exits"] as const satisfies readonly (keyof DraftInput)[];
const CHOOSES = ["orderType", "tif", "algo", "conId"] as const satisfies readonly (keyof DraftInput)[];

/** One order ticket: a draft, its preview, its confirmation. A confirmation is asked for once, however often one clicks. */
export class Ticket {
  readonly state: ValueStore<TicketState>;
  readonly presets = new Presets();
  /** The options of a combination. */
  readonly legs: LegBook;
  readonly #backend: Backend;
  readonly #quoteOf: (conId: number) => QuoteView | undefined;
  #checkTimer: ReturnType<typeof setTimeout> | undefined;
  // Answers to older questions are let fall.
  #question = 0;
  #chosen = 0;
  #watched: number | null = null;

  constructor(backend: Backend, quoteOf: (conId: number) => QuoteView | undefined = () => undefined) {
    this.#backend = backend;
    this.#quoteOf = quoteOf;
    this.legs = new LegBook(backend, () => this.recheck());
    const start = readKept(NAME, acceptKeptTicket) ?? freshTicket("");
    this.state = new ValueStore<TicketState>({ ...start, catalogue: null, offer: null, notes: [], instrumentError: null, check: null, stage: EDITING });
    void this.#loadCatalogue();
  }

  /** Takes the draft up again when the link has come up: a program that has just started does not know its instrument yet. */
  async resume(): Promise<void> {
    const turn = this.#chosen;
    const { instrument, catalogue } = this.#now;
    if (!catalogue) void this.#loadCatalogue();
    if (instrument) {
      try {
        const fresh = await this.#backend.instrument(instrument.conId);
        if (turn !== this.#chosen) return;
        this.#put({ instrument: fresh, instrumentError: null });
        this.#watch(fresh.conId);
        this.#lookUpConditions();
        await this.#loadOffer(fresh.conId);
      } catch (thrown) {
        if (turn === this.#chosen) this.#put({ instrumentError: asBackendError(thrown) });
      }
    }
    await this.legs.resume(this.#now.draft.legs);
    this.recheck();
  }

  /** Asks the rules again: something that they look at has become known. */
  recheck(): void {
    if (this.#now.stage.at === "editing") this.#scheduleCheck();
  }

  /** Changes the draft. A preview of the draft before is let go; the intent stays. */
  edit(patch: Partial<DraftInput>): void {
    if (this.#isSending) return;
    this.#letPreviewGo();
    const { aims, instrument, notes } = this.#now;
    const wanted = plainCombo({ ...this.#now.draft, ...patch });
    const placed = MOVES_ENTRY.some((field) => field in patch) ? aimed(wanted, aims, this.#entry(wanted), instrument) : wanted;
    const [draft, fell] = settle(placed, this.#choices(placed));
    const stands = fell.length === 0 && !CHOOSES.some((field) => field in patch);
    this.#put({ draft, notes: stands ? notes : fell, check: null, stage: EDITING });
    this.#keep();
    this.#scheduleCheck();
  }

  /** Says by what an exit is aimed, and where. */
  aim(leg: keyof Aims, aim: Aim): void {
    if (this.#isSending) return;
    this.#put({ aims: { ...this.#now.aims, [leg]: aim } });
    this.edit({ exits: this.#now.draft.exits ?? NO_EXITS });
  }

  /** Shows an exit in another unit; where it lies stays. */
  turnAim(leg: keyof Aims, unit: Aim["unit"]): void {
    const { aims, draft, instrument } = this.#now;
    this.#put({ aims: { ...aims, [leg]: steady(leg, unit, draft, this.#entry(draft), instrument) } });
    this.#keep();
  }

  /** Fills in what a preset holds; prices stay. */
  applyPreset(preset: Preset): void {
    if (this.#isSending) return;
    const { patch, aims } = presetPatch(preset);
    const { changing } = this.#now;
    this.#put({ aims: changing === null ? aims : this.#now.aims });
    this.edit(changing === null ? patch : { ...patch, exits: null });
  }

  /** Puts an exit at a price, however it was aimed before. */
  placeExit(leg: keyof Aims, patch: Partial<NonNullable<DraftInput["exits"]>>): void {
    if (this.#isSending) return;
    this.#put({ aims: { ...this.#now.aims, [leg]: { unit: "price", text: "" } } });
    this.edit({ exits: { ...(this.#now.draft.exits ?? NO_EXITS), ...patch } });
  }

  /** Opens the ticket on an instrument, as a new order. */
  prefill({ account, conId, side, quantity }: Prefill): void {
    if (this.#isSending) return;
    this.clear(account);
    this.edit({ side: side ?? "buy", quantity: quantity ?? "" });
    void this.choose(conId);
  }

  /** Opens the ticket on options picked elsewhere, as a new order. */
  prefillLegs({ account, legs, instruments, side, limitPrice, quantity }: LegsPrefill): void {
    if (this.#isSending) return;
    const [only, second] = legs;
    if (only && !second) {
      this.prefill({ account, conId: only.conId, side: only.side, quantity: quantity || (only.ratio > 1 ? String(only.ratio) : "") });
    } else {
      this.clear(account);
      this.legs.take(instruments);
      this.combine(legs);
      this.edit({ side, quantity });
    }
    if (limitPrice !== "") this.edit({ limitPrice });
  }

  /** Takes the account unless the ticket is already about something. */
  offerAccount(account: string): void {
    const { draft, stage } = this.#now;
    if (!isTouched(draft) && stage.at === "editing" && draft.account !== account) this.edit({ account });
  }

  async choose(conId: number): Promise<void> {
    this.#chosen += 1;
    const turn = this.#chosen;
    this.#put({ instrument: null, offer: null, instrumentError: null });
    this.edit(withoutPrices(this.#now.draft));
    try {
      const instrument = await this.#backend.instrument(conId);
      if (turn !== this.#chosen) return;
      this.#watch(conId);
      this.#put({ instrument });
      this.edit({ conId });
      await this.#loadOffer(conId);
      if (turn === this.#chosen) this.#fillIn(instrument);
    } catch (thrown) {
      if (turn === this.#chosen) this.#put({ instrumentError: asBackendError(thrown) });
    }
  }

  dropInstrument(): void {
    this.combine([]);
  }

  /** Puts these legs on the ticket in place of what was ordered before, which had another price. */
  combine(legs: readonly LegInput[]): void {
    if (this.#isSending) return;
    this.#chosen += 1;
    this.#watch(null);
    this.#put({ instrument: null, offer: null, instrumentError: null });
    this.edit({ ...withoutPrices(this.#now.draft), legs: [...legs] });
  }

  mend(mend: Mend): void {
    if (mend.kind === "quantity") this.edit({ quantity: mend.value });
    else if (mend.kind === "limitPrice") this.edit({ limitPrice: mend.value });
    else if (mend.kind === "delayedData") void this.#useDelayedData();
    else if (mend.kind === "exchange") void this.#exchange(mend);
    else this.edit({ waivers: { ...this.#now.draft.waivers, stalePrice: true } });
  }

  /** Opens the ticket on the order that exchanges currencies first. What was on it is put aside, and is taken up again once that is sent. */
  #exchange({ pair, side, quantity }: Extract<Mend, { kind: "exchange" }>): Promise<boolean> {
    const { account } = this.#now.draft;
    return this.#reopen(async () => {
      const found = (await this.#backend.search(pair)).find(({ kind, symbol, currency }) => kind === "forex" && `${symbol}.${currency}` === pair);
      if (!found) throw new BackendError({ code: "notFound", message: `The gateway knows no ${pair}. Exchange the currencies in TWS first.` });
      return { ...freshTicket(account).draft, conId: found.conId, side, quantity };
    });
  }

  /** A new order: another intent, the same account unless told. */
  clear(account: string = this.#now.draft.account): void {
    if (this.#isSending) return;
    this.#letPreviewGo();
    this.#turnTo(freshTicket(account));
  }

  /** Opens the ticket on a working order, to change it. What was on it is put aside. False when that could not be. */
  change(orderKey: string, patch: Partial<DraftInput> = {}): Promise<boolean> {
    return this.#reopen(async () => {
      const refilled = await this.#backend.refill(orderKey);
      return { ...refilled, ...patch, exits: null };
    });
  }

  /** Previews a change of a working order, as if it had been typed on the ticket. */
  async previewChange(orderKey: string, patch: Partial<DraftInput>): Promise<void> {
    if (await this.change(orderKey, patch)) await this.preview();
  }

  /** Opens the ticket on a refused order, mended, as a new order. What was on it is put aside. */
  async remake(orderKey: string, mend: OrderMend): Promise<void> {
    await this.#reopen(async () => mended(await this.#backend.remake(orderKey), mend));
  }

  /** Lets the change go, and takes up what was on the ticket before. The working order stays as it is. */
  leaveChange(): void {
    const { aside, draft } = this.#now;
    if (this.#isSending) return;
    this.#letPreviewGo();
    this.#turnTo(aside ?? freshTicket(draft.account));
  }

  /** On from an order that was sent: to what was put aside for it, or to an empty ticket. */
  goOn(): void {
    if (isTouched(this.#now.draft)) this.#turnTo(this.#kept);
    else this.clear();
  }

  /** `silent`: the person goes on though the gateway does not answer what the order would do, this once. */
  async preview({ silent = false } = {}): Promise<void> {
    const { stage, draft: typed } = this.#now;
    const draft = { ...typed, waivers: { ...typed.waivers, silentWhatIf: silent } };
    if (stage.at === "previewing" || this.#isSending) return;
    this.#letPreviewGo();
    const question = this.#ask();
    this.#put({ stage: { at: "previewing" } });
    try {
      const outcome = await this.#backend.preview(draft);
      if (question !== this.#question) return this.#letGo(outcome);
      this.#put({ stage: previewed(outcome, draft) });
    } catch (thrown) {
      if (question === this.#question) this.#put({ stage: { ...EDITING, error: asBackendError(thrown) } });
    }
  }

  /** Opens or closes the confirmation. Closing it acts on nothing; the preview stays until it expires. */
  askToConfirm(asking: boolean): void {
    const { stage } = this.#now;
    if (stage.at !== "previewed" || stage.sending) return;
    // After an error only another preview can tell where things stand.
    if (asking && stage.error) return;
    this.#put({ stage: { ...stage, asking } });
  }

  /** `typed` is what the preview asks to be typed, `reasons` what was typed for the rules that ask for one. */
  async confirm(typed: string | null, reasons: readonly Reason[]): Promise<void> {
    const { stage } = this.#now;
    if (stage.at !== "previewed" || !stage.asking || stage.sending || stage.error) return;
    const { preview } = stage;
    this.#put({ stage: { ...stage, sending: true, error: null } });
    try {
      const order = await this.#backend.confirm(preview.id, typed, reasons);
      const next = this.#now.aside ?? freshTicket(preview.account);
      this.#put({ ...next, offer: null, notes: [], check: null, stage: { at: "sent", order, sentence: preview.sentence } });
      this.#keep();
      this.#watch(null);
    } catch (thrown) {
      this.#put({ stage: { ...stage, asking: true, sending: false, error: asBackendError(thrown) } });
    }
  }

  /** Puts a draft that was sent before on the ticket, under an intent of its own. */
  async #reopen(refill: () => Promise<DraftInput>): Promise<boolean> {
    if (this.#isSending) return false;
    this.#chosen += 1;
    const turn = this.#chosen;
    try {
      const draft = { ...(await refill()), intent: crypto.randomUUID() };
      const instrument = draft.conId === null ? null : await this.#backend.instrument(draft.conId);
      const legs = await Promise.all(draft.legs.map((leg) => this.legs.read(leg)));
      const traded = instrument ?? legs[0];
      if (!traded) throw new BackendError({ code: "refused", message: "What this order trades is not known. Cancel it and make a new one." });
      if (turn !== this.#chosen || this.#isSending) return false;
      this.#letPreviewGo();
      const now = this.#now;
      const aside = now.changing === null && isTouched(now.draft) ? { ...this.#kept, aside: null } : now.aside;
      const changing = draft.changes === null ? null : orderWords(draft, traded);
      this.#turnTo({ ...freshTicket(""), draft, instrument, changing, aside });
      return true;
    } catch (thrown) {
      const { at } = this.#now.stage;
      if (turn === this.#chosen && (at === "editing" || at === "sent")) this.#put({ stage: { ...EDITING, error: asBackendError(thrown) } });
      return false;
    }
  }

  get #now(): TicketState {
    return this.state.get();
  }

  get #isSending(): boolean {
    const { stage } = this.#now;
    return stage.at === "previewed" && stage.sending;
  }

  get #kept(): KeptTicket {
    const { draft, instrument, aims, changing, aside } = this.#now;
    return { draft, instrument, aims, changing, aside };
  }

  #keep(): void {
    keep(NAME, this.#kept);
  }

  #turnTo(ticket: KeptTicket): void {
    this.#chosen += 1;
    this.#watch(ticket.instrument?.conId ?? null);
    this.#put({ ...ticket, offer: null, notes: [], instrumentError: null, check: null, stage: EDITING });
    this.#keep();
    this.#scheduleCheck();
    this.#lookUpConditions();
    if (ticket.instrument) void this.#loadOffer(ticket.instrument.conId);
  }

  #entry(draft: DraftInput): Decimal | null {
    return entryOf(draft, draft.conId === null ? undefined : this.#quoteOf(draft.conId));
  }

  #choices(draft: DraftInput): Choices | null {
    const { catalogue, offer } = this.#now;
    if (draft.legs.length > 0) return catalogue && { catalogue, offer: COMBO_OFFER };
    return catalogue && offer && offer.conId === draft.conId ? { catalogue, offer } : null;
  }

  async #loadCatalogue(): Promise<void> {
    try {
      this.#put({ catalogue: await this.#backend.orderCatalogue() });
    } catch {
      // Asked for again when the link comes up; until then the ticket has its plain types.
    }
  }

  /** A ticket on which nothing was chosen yet begins with the instrument's preset, and says so. */
  #fillIn(instrument: InstrumentView): void {
    const { draft, changing, stage } = this.#now;
    const kept = this.presets.findFor(instrument);
    if (!kept || changing !== null || stage.at !== "editing" || !isPlain(draft)) return;
    this.applyPreset(kept.preset);
    this.#put({ notes: [`Filled in from your preset “${purposeWords(kept.on)}”.`, ...this.#now.notes] });
  }

  /** The program has to know what conditions look at before it can judge them. */
  #lookUpConditions(): void {
    for (const conId of new Set(this.#now.draft.conditions.map((condition) => condition.conId))) {
      // One that can't be looked up is named as a fault of its condition.
      if (conId !== null) void this.#backend.instrument(conId).then(() => this.recheck(), () => undefined);
    }
  }

  async #useDelayedData(): Promise<void> {
    try {
      await this.#backend.useDelayedData();
      this.recheck();
    } catch (thrown) {
      if (this.#now.stage.at === "editing") this.#put({ stage: { ...EDITING, error: asBackendError(thrown) } });
    }
  }

  /** What can't be told is not offered: the program has the last word on every draft. */
  async #loadOffer(conId: number): Promise<void> {
    const turn = this.#chosen;
    try {
      const offer = await this.#backend.offer(conId);
      if (turn !== this.#chosen) return;
      this.#put({ offer });
      if (this.#now.stage.at === "editing" && settle(this.#now.draft, this.#choices(this.#now.draft))[0] !== this.#now.draft) this.edit({});
    } catch (thrown) {
      if (turn === this.#chosen) this.#put({ notes: [`What else can be ordered is not known: ${asBackendError(thrown).message}`] });
    }
  }

  #put(patch: Partial<TicketState>): void {
    const next = { ...this.#now, ...patch };
    this.state.set(next.draft.legs.length > 0 ? { ...next, offer: COMBO_OFFER } : next);
    if (patch.draft) this.legs.follow(patch.draft.legs);
  }

  #ask(): number {
    clearTimeout(this.#checkTimer);
    this.#question += 1;
    return this.#question;
  }

  #scheduleCheck(): void {
    const question = this.#ask();
    if (!isTouched(this.#now.draft)) return;
    this.#checkTimer = setTimeout(() => void this.#check(question), CHECK_DELAY_MS);
  }

  async #check(question: number): Promise<void> {
    try {
      const check = await this.#backend.check(this.#now.draft);
      if (question === this.#question) this.#put({ check });
    } catch (thrown) {
      if (question === this.#question) this.#put({ stage: { ...EDITING, error: asBackendError(thrown) } });
    }
  }

  #letPreviewGo(): void {
    const { stage } = this.#now;
    if (stage.at === "previewed") this.#abandon(stage.preview.id);
  }

  #letGo(outcome: PreviewOutcome): void {
    if (outcome.type === "ready") this.#abandon(outcome.preview.id);
  }

  #abandon(previewId: string): void {
    // A preview that is gone already needs no letting go.
    this.#backend.abandon(previewId).catch(() => undefined);
  }

  #watch(conId: number | null): void {
    if (conId === this.#watched) return;
    // A quote that can't be had shows as unknown, with the broker's reason beside it.
    if (this.#watched !== null) this.#backend.unwatch(this.#watched).catch(() => undefined);
    if (conId !== null) this.#backend.watch(conId).catch(() => undefined);
    this.#watched = conId;
  }
}

/** A combination is no single instrument, and nothing can be attached to it. */
function plainCombo(draft: DraftInput): DraftInput {
  return draft.legs.length > 0 ? { ...draft, conId: null, exits: null } : draft;
}

function previewed(outcome: PreviewOutcome, draft: DraftInput): Stage {
  if (outcome.type !== "ready") return { ...EDITING, outcome };
  return { at: "previewed", preview: outcome.preview, draft, asking: false, sending: false, error: null };
}
