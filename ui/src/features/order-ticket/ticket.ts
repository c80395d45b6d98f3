import {
  asBackendError,
  type Backend,
  type BackendError,
  type CheckView,
  type DraftInput,
  type InstrumentView,
  type Mend,
  type OrderView,
  type PreviewOutcome,
  type PreviewView,
} from "../../backend/backend";
import { keep, readKept } from "../../lib/kept";
import { ValueStore } from "../../lib/value-store";
import { acceptKeptTicket, emptyDraft, isTouched, type KeptTicket, type Prefill } from "./draft";

/** Where the ticket stands. Each stage carries just what it needs. */
export type Stage =
  | { readonly at: "editing"; readonly outcome: Exclude<PreviewOutcome, { type: "ready" }> | null; readonly error: BackendError | null }
  | { readonly at: "previewing" }
  | { readonly at: "previewed"; readonly preview: PreviewView; readonly asking: boolean; readonly sending: boolean; readonly error: BackendError | null }
  | { readonly at: "sent"; readonly order: OrderView; readonly sentence: string };

export interface TicketState {
  readonly draft: DraftInput;
  readonly instrument: InstrumentView | null;
  /** Why the chosen instrument could not be read. */
  readonly instrumentError: BackendError | null;
  /** The local rules' word on the draft as it stands; null while it is not known. */
  readonly check: CheckView | null;
  readonly stage: Stage;
}

const EDITING: Extract<Stage, { at: "editing" }> = { at: "editing", outcome: null, error: null };
const CHECK_DELAY_MS = 150;
const NAME = "ticket.1";

/** One order ticket: a draft, its preview, its confirmation. A confirmation is asked for once, however often one clicks. */
export class Ticket {
  readonly state: ValueStore<TicketState>;
  readonly #backend: Backend;
  #checkTimer: ReturnType<typeof setTimeout> | undefined;
  // Answers to older questions are let fall.
  #question = 0;
  #chosen = 0;
  #watched: number | null = null;

  constructor(backend: Backend) {
    this.#backend = backend;
    const kept = readKept(NAME, acceptKeptTicket);
    const start: KeptTicket = kept ?? { draft: emptyDraft(""), instrument: null };
    this.state = new ValueStore<TicketState>({ ...start, instrumentError: null, check: null, stage: EDITING });
  }

  /** Takes the draft up again when the link has come up: a program that has just started does not know its instrument yet. */
  async resume(): Promise<void> {
    const turn = this.#chosen;
    const { instrument } = this.#now;
    if (instrument) {
      try {
        const fresh = await this.#backend.instrument(instrument.conId);
        if (turn !== this.#chosen) return;
        this.#put({ instrument: fresh, instrumentError: null });
        this.#watch(fresh.conId);
      } catch (thrown) {
        if (turn === this.#chosen) this.#put({ instrumentError: asBackendError(thrown) });
      }
    }
    if (this.#now.stage.at === "editing") this.#scheduleCheck();
  }

  /** Changes the draft. A preview of the draft before is let go; the intent stays. */
  edit(patch: Partial<DraftInput>): void {
    if (this.#isSending) return;
    this.#letPreviewGo();
    const draft = { ...this.#now.draft, ...patch };
    this.#put({ draft, check: null, stage: EDITING });
    keep(NAME, { draft, instrument: this.#now.instrument });
    this.#scheduleCheck();
  }

  /** Opens the ticket on an instrument, as a new order. */
  prefill({ account, conId, side, quantity }: Prefill): void {
    if (this.#isSending) return;
    this.clear(account);
    this.edit({ side: side ?? "buy", quantity: quantity ?? "" });
    void this.choose(conId);
  }

  /** Takes the account unless the ticket is already about something. */
  offerAccount(account: string): void {
    const { draft, stage } = this.#now;
    if (!isTouched(draft) && stage.at === "editing" && draft.account !== account) this.edit({ account });
  }

  async choose(conId: number): Promise<void> {
    this.#chosen += 1;
    const turn = this.#chosen;
    this.#put({ instrument: null, instrumentError: null });
    this.edit({ conId: null, limitPrice: "", waivers: { stalePrice: false } });
    try {
      const instrument = await this.#backend.instrument(conId);
      if (turn !== this.#chosen) return;
      this.#watch(conId);
      this.#put({ instrument });
      this.edit({ conId });
    } catch (thrown) {
      if (turn === this.#chosen) this.#put({ instrumentError: asBackendError(thrown) });
    }
  }

  dropInstrument(): void {
    this.#chosen += 1;
    this.#watch(null);
    this.#put({ instrument: null, instrumentError: null });
    this.edit({ conId: null, limitPrice: "", waivers: { stalePrice: false } });
  }

  mend(mend: Mend): void {
    if (mend.kind === "quantity") this.edit({ quantity: mend.value });
    else if (mend.kind === "limitPrice") this.edit({ limitPrice: mend.value });
    else this.edit({ waivers: { stalePrice: true } });
  }

  /** A new order: another intent, the same account unless told. */
  clear(account: string = this.#now.draft.account): void {
    if (this.#isSending) return;
    this.#letPreviewGo();
    this.#chosen += 1;
    this.#watch(null);
    const draft = emptyDraft(account);
    this.#put({ draft, instrument: null, instrumentError: null, check: null, stage: EDITING });
    keep(NAME, { draft, instrument: null });
    this.#scheduleCheck();
  }

  async preview(): Promise<void> {
    const { stage, draft } = this.#now;
    if (stage.at === "previewing" || this.#isSending) return;
    this.#letPreviewGo();
    const question = this.#ask();
    this.#put({ stage: { at: "previewing" } });
    try {
      const outcome = await this.#backend.preview(draft);
      if (question !== this.#question) return this.#letGo(outcome);
      this.#put({ stage: previewed(outcome) });
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

  async confirm(): Promise<void> {
    const { stage } = this.#now;
    if (stage.at !== "previewed" || !stage.asking || stage.sending || stage.error) return;
    const { preview } = stage;
    this.#put({ stage: { ...stage, sending: true, error: null } });
    try {
      const order = await this.#backend.confirm(preview.id);
      const draft = emptyDraft(preview.account);
      keep(NAME, { draft, instrument: null });
      this.#put({ draft, instrument: null, check: null, stage: { at: "sent", order, sentence: preview.sentence } });
      this.#watch(null);
    } catch (thrown) {
      this.#put({ stage: { ...stage, asking: true, sending: false, error: asBackendError(thrown) } });
    }
  }

  get #now(): TicketState {
    return this.state.get();
  }

  get #isSending(): boolean {
    const { stage } = this.#now;
    return stage.at === "previewed" && stage.sending;
  }

  #put(patch: Partial<TicketState>): void {
    this.state.set({ ...this.#now, ...patch });
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

function previewed(outcome: PreviewOutcome): Stage {
  if (outcome.type !== "ready") return { ...EDITING, outcome };
  return { at: "previewed", preview: outcome.preview, asking: false, sending: false, error: null };
}
