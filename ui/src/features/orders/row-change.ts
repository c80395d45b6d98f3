import { useSyncExternalStore } from "react";
import { asBackendError, type Backend, type DraftFault, type DraftInput, type OrderView, type TifChoice } from "../../backend/backend";
import { ValueStore } from "../../lib/value-store";

/** What can be typed into the row of a working order. */
export type Cell = "quantity" | "limitPrice" | "stopPrice";

/** What was typed; what is absent stays as the order has it. */
export type Typed = Partial<Pick<DraftInput, Cell | "tif">>;

export interface RowChangeState {
  /** The order whose row is open. */
  readonly key: string;
  /** The order as it stood when its row was opened; null until that is told. */
  readonly draft: DraftInput | null;
  readonly tifs: readonly TifChoice[];
  readonly typed: Typed;
  readonly faults: readonly DraftFault[];
  readonly asking: boolean;
  /** Why it can't be changed, or could not be asked. */
  readonly error: string | null;
}

const CHECK_DELAY_MS = 150;
// Others need more than a row has room for, or make no sense for an order that works.
const PLAIN_TIFS: readonly TifChoice[] = ["day", "gtc"];

/** The change of one working order in its row. It ends in a change on the ticket, or in nothing. */
export class RowChange {
  readonly state = new ValueStore<RowChangeState | null>(null);
  readonly #backend: Backend;
  #timer: ReturnType<typeof setTimeout> | undefined;
  // Answers to older questions are let fall.
  #question = 0;
  #focus: Cell | null = null;

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  /** Opens the row of an order. One row is open at a time; where this one is open already, what was typed stays. */
  async open(order: OrderView, focus: Cell): Promise<void> {
    this.#focus = focus;
    if (this.state.get()?.key === order.key) return this.#put({});
    const question = this.#ask();
    this.state.set({ key: order.key, draft: null, tifs: [], typed: {}, faults: [], asking: false, error: null });
    try {
      const draft = await this.#backend.refill(order.key);
      if (draft.conId === null) throw new Error("A combination is changed on the ticket: press Change.");
      const { tifs } = await this.#backend.offer(draft.conId);
      const fits = [...new Set([...PLAIN_TIFS.filter((tif) => tifs.includes(tif)), draft.tif])];
      if (question === this.#question) this.#put({ draft, tifs: fits });
    } catch (thrown) {
      if (question === this.#question) this.#put({ error: wordsOf(thrown) });
    }
  }

  /** The cell that is to have the focus, once. */
  takeFocus(): Cell | null {
    const focus = this.#focus;
    this.#focus = null;
    return focus;
  }

  type(patch: Typed): void {
    const now = this.state.get();
    if (!now?.draft || now.asking) return;
    this.#put({ typed: { ...now.typed, ...patch }, error: null });
    const question = this.#ask();
    this.#timer = setTimeout(() => void this.#check(question), CHECK_DELAY_MS);
  }

  /** Types what mends a cell, and goes on there. */
  mend(cell: Cell, text: string): void {
    this.#focus = cell;
    this.type({ [cell]: text });
  }

  /** Nothing of it is kept, and the order stays as it is. */
  leave(): void {
    this.#ask();
    this.state.set(null);
  }

  /** What is to be previewed; null when it can't be, which is told in the row. What was not typed is as the order stands now. */
  async finish(): Promise<Typed | null> {
    const now = this.state.get();
    if (!now?.draft || now.asking) return null;
    const question = this.#ask();
    this.#put({ asking: true, error: null });
    try {
      const draft = await this.#backend.refill(now.key);
      const { faults } = await this.#backend.check(asChange(draft, now.typed));
      if (question !== this.#question) return null;
      this.#put({ draft, faults, asking: false });
      if (faults.length > 0) return null;
      this.leave();
      return now.typed;
    } catch (thrown) {
      if (question === this.#question) this.#put({ asking: false, error: wordsOf(thrown) });
      return null;
    }
  }

  async #check(question: number): Promise<void> {
    const now = this.state.get();
    if (!now?.draft) return;
    try {
      const { faults } = await this.#backend.check(asChange(now.draft, now.typed));
      if (question === this.#question) this.#put({ faults });
    } catch (thrown) {
      if (question === this.#question) this.#put({ error: wordsOf(thrown) });
    }
  }

  #ask(): number {
    clearTimeout(this.#timer);
    this.#question += 1;
    return this.#question;
  }

  #put(patch: Partial<RowChangeState>): void {
    const now = this.state.get();
    if (now) this.state.set({ ...now, ...patch });
  }
}

/** Whether the row of this order is open. */
export function useIsOpen({ state }: RowChange, key: string): boolean {
  return useSyncExternalStore(state.subscribe, () => state.get()?.key === key);
}

function asChange(draft: DraftInput, typed: Typed): DraftInput {
  return { ...draft, ...typed, intent: crypto.randomUUID(), exits: null };
}

function wordsOf(thrown: unknown): string {
  const plain = thrown instanceof Error && thrown.name === "Error";
  return plain ? thrown.message : asBackendError(thrown).message;
}
