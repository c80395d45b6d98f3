type Listener = () => void;

/** Those who hear of one thing together. */
export interface Listeners extends ReadonlySet<Listener> {
  /** The part of the window in which they stand; those of one region stand near each other. */
  readonly region?: object;
  /** Their row in a long table, from the top down. */
  readonly place?: number | undefined;
}

/** Gathers notifications and gives them out with the frames. */
export interface Frames {
  /** Tells all of them in one frame, soon; naming the same ones again before then changes nothing. */
  notify(listeners: Listeners): void;
}

// A hidden window gets no frames; its figures must still be current when it is looked at by a program.
const HIDDEN_MS = 250;
// The stream beats ten times a second, six frames apart: each region of which little has changed
// takes one of them, and the others share what is left.
const FRAMES_A_BEAT = 6;
const FRAMES_AT_LEAST = 2;
const LEAST_A_FRAME = 8;
// Where frames are rare, what has waited for longer goes out at once.
const LATE_MS = 200;
const ELSEWHERE = {};

/**
 * Frames of the window. A key is told in one piece, so that a row agrees with itself; many keys
 * share out the frames. What changes in one frame is painted as one rectangle, which is the larger
 * the further apart it lies. So a frame is of one region, in turn, and of a table it is a strip of
 * neighbours, which goes on below the one before it and never past the end and on at the top.
 */
export class WindowFrames implements Frames {
  /** By region, and since when; whose turn is next stands first, and in it who has waited longest. */
  readonly #due = new Map<object, Map<Listeners, number>>();
  /** The place at which the last strip of a table ended. */
  readonly #stopped = new WeakMap<object, number>();
  #frame = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #share = 0;

  notify(listeners: Listeners): void {
    if (listeners.size === 0) return;
    const region = listeners.region ?? ELSEWHERE;
    const due = this.#due.get(region) ?? new Map<Listeners, number>();
    if (!due.has(listeners)) this.#due.set(region, due.set(listeners, performance.now()));
    this.#schedule();
  }

  #schedule(): void {
    if (this.#timer !== undefined) return;
    this.#frame = requestAnimationFrame(this.#flush);
    this.#timer = setTimeout(this.#flushAll, HIDDEN_MS);
  }

  readonly #flush = (): void => {
    this.#unschedule();
    const sizes = [...this.#due.values()].map(({ size }) => size);
    const large = sizes.filter((size) => size > LEAST_A_FRAME);
    const left = Math.max(FRAMES_AT_LEAST, FRAMES_A_BEAT - (sizes.length - large.length));
    this.#share = Math.max(this.#share, LEAST_A_FRAME, Math.ceil(large.reduce((sum, size) => sum + size, 0) / left));
    const [next] = this.#due;
    if (next) {
      const [region, waiting] = next;
      const [since = Infinity] = waiting.values();
      this.#give(region, performance.now() - since > LATE_MS ? Infinity : this.#share);
    }
    if (this.#due.size > 0) this.#schedule();
    else this.#share = 0;
  };

  readonly #flushAll = (): void => {
    this.#unschedule();
    this.#share = 0;
    // What is told meanwhile waits for the next time.
    Array.from(this.#due.keys()).forEach((region) => this.#give(region, Infinity));
  };

  #unschedule(): void {
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #give(region: object, count: number): void {
    const due = this.#due.get(region) ?? new Map<Listeners, number>();
    const now = strip([...due.keys()], this.#stopped.get(region) ?? 0, count);
    for (const listeners of now) due.delete(listeners);
    this.#due.delete(region);
    this.#stopped.delete(region);
    if (due.size > 0) {
      this.#due.set(region, due);
      this.#stopped.set(region, now.at(-1)?.place ?? 0);
    }
    // A listener may stop listening while it is told.
    for (const listeners of now) Array.from(listeners).forEach((listener) => listener());
  }
}

/** So many of them as they stand from a place down, or from the top when nothing is left below. */
function strip(due: readonly Listeners[], from: number, count: number): readonly Listeners[] {
  if (due.length <= count) return due;
  // Of one place whoever has waited longest is first: sorting keeps their order.
  const sorted = due.toSorted((a, b) => placeOf(a) - placeOf(b));
  const below = sorted.filter((listeners) => placeOf(listeners) >= from);
  return (below.length > 0 ? below : sorted).slice(0, count);
}

function placeOf({ place }: Listeners): number {
  return place ?? 0;
}
