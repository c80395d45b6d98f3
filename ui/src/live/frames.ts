type Listener = () => void;

/** Gathers notifications and gives them out once a frame. */
export interface Frames {
  notify(listeners: Iterable<Listener>): void;
}

// A hidden window gets no frames; its figures must still be current when it is looked at by a program.
const HIDDEN_MS = 250;

/** Frames of the window. */
export class WindowFrames implements Frames {
  readonly #due = new Set<Listener>();
  #frame = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  notify(listeners: Iterable<Listener>): void {
    for (const listener of listeners) this.#due.add(listener);
    if (this.#due.size === 0 || this.#timer !== undefined) return;
    this.#frame = requestAnimationFrame(this.#flush);
    this.#timer = setTimeout(this.#flush, HIDDEN_MS);
  }

  readonly #flush = (): void => {
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const due = [...this.#due];
    this.#due.clear();
    for (const listener of due) listener();
  };
}
