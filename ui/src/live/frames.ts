type Listener = () => void;

/** Those who hear of one thing together. */
export interface Listeners extends ReadonlySet<Listener> {
  /** Where on the screen they stand, from the top down; 0 when that does not matter. */
  readonly place?: number;
}

/** Gathers notifications and gives them out with the frames. */
export interface Frames {
  /** Tells all of them in one frame, soon; naming the same ones again before then changes nothing. */
  notify(listeners: Listeners): void;
}

// A hidden window gets no frames; its figures must still be current when it is looked at by a program.
const HIDDEN_MS = 250;
// The stream beats ten times a second, six frames apart: a busy beat is spread over five of them.
const FRAMES_A_BEAT = 5;
const LEAST_A_FRAME = 8;

/**
 * Frames of the window. A key is told in one piece, so that a row agrees with itself; many keys
 * share out the frames, each of which goes on below where the last one stopped: neighbours are
 * painted as one strip, while changes all over a table paint the whole of it each time.
 */
export class WindowFrames implements Frames {
  readonly #due = new Set<Listeners>();
  #stopped = 0;
  #frame = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #share = 0;

  notify(listeners: Listeners): void {
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
    const now = this.#next(count);
    for (const listeners of now) {
      this.#due.delete(listeners);
      // A listener may stop listening while it is told.
      Array.from(listeners).forEach((listener) => listener());
    }
  }

  #next(count: number): readonly Listeners[] {
    const due = [...this.#due];
    if (due.length <= count) return due;
    // Of one place whoever has waited longest is first: sorting keeps their order.
    due.sort((a, b) => placeOf(a) - placeOf(b));
    const from = Math.max(0, due.findIndex((listeners) => placeOf(listeners) >= this.#stopped));
    const now = [...due.slice(from), ...due.slice(0, from)].slice(0, count);
    this.#stopped = placeOf(now.at(-1));
    return now;
  }
}

function placeOf(listeners: Listeners | undefined): number {
  return listeners?.place ?? 0;
}
