import { useSyncExternalStore } from "react";

type Listener = () => void;

/** One clock for all ages on the page; it runs only while somebody looks at it. */
class SecondClock {
  #now = Date.now();
  #timer: ReturnType<typeof setInterval> | undefined;
  readonly #listeners = new Set<Listener>();

  readonly now = (): number => this.#now;

  readonly subscribe = (listener: Listener): (() => void) => {
    this.#listeners.add(listener);
    if (this.#timer === undefined) {
      this.#now = Date.now();
      this.#timer = setInterval(this.#tick, 1000);
    }
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size > 0) return;
      clearInterval(this.#timer);
      this.#timer = undefined;
    };
  };

  readonly #tick = (): void => {
    this.#now = Date.now();
    for (const listener of this.#listeners) listener();
  };
}

export const clock = new SecondClock();

/** What `read` makes of the present moment. Re-renders only when that changes, so let it return a plain value. */
export function useMoment<T extends string | number | boolean | null>(read: (now: number) => T): T {
  return useSyncExternalStore(clock.subscribe, () => read(clock.now()));
}
