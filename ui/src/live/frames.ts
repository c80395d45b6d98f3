type Listener = () => void;

/** Gathers notifications and gives them out with the frames. */
export interface Frames {
  /** Tells all of them in one frame, soon; naming the same ones again before then changes nothing. */
  notify(listeners: ReadonlySet<Listener>): void;
}

// A hidden window gets no frames; its figures must still be current when it is looked at by a program.
const HIDDEN_MS = 250;
// The stream beats ten times a second, six frames apart: a busy beat is spread over five of them.
const FRAMES_A_BEAT = 5;
const LEAST_A_FRAME = 8;

/** Frames of the window. A key is told in one piece, so that a row agrees with itself; many keys share out the frames. */
export class WindowFrames implements Frames {
  readonly #due = new Set<ReadonlySet<Listener>>();
  #frame = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #share = 0;

  notify(listeners: ReadonlySet<Listener>): void {
    if (listeners.size === 0) return;
    this.#due.add(listeners);
    if (this.#timer === undefined) this.#schedule();
  }

  #schedule(): void {
    this.#frame = requestAnimationFrame(this.#flush);
    this.#timer = setTimeout(this.#flushAll, HIDDEN_MS);
  }

  readonly #flush = (): void => {
    this.#share = Math.max(this.#share, LEAST_A_FRAME, Math.ceil(this.#due.size / FRAMES_A_BEAT));
    this.#give(this.#share);
    if (this.#due.size > 0) this.#schedule();
    else this.#share = 0;
  };

  readonly #flushAll = (): void => {
    this.#share = 0;
    this.#give(this.#due.size);
  };

  #give(count: number): void {
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const now = [...this.#due].slice(0, count);
    for (const listeners of now) {
      this.#due.delete(listeners);
      // A listener may stop listening while it is told.
      Array.from(listeners).forEach((listener) => listener());
    }
  }
}
