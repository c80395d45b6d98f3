import type { Frames } from "./frames";

type Listener = () => void;

class Followers extends Set<Listener> {
  readonly region: object;
  place: number | undefined;

  constructor(region: object) {
    super();
    this.region = region;
  }
}

/** Values by key; a listener of one key hears of that key only, at most once a frame. */
export class KeyedStore<V extends object> {
  readonly #frames: Frames;
  // What stands in a long table, and what stands elsewhere.
  readonly #table = {};
  readonly #rest = {};
  #values = new Map<string, V>();
  #keys: readonly string[] = [];
  /** By key, and of one key by the part of the window in which they stand. */
  readonly #listeners = new Map<string, Map<object, Followers>>();
  readonly #keyListeners = new Set<Listener>();
  readonly #allListeners = new Set<Listener>();
  #version = 0;

  constructor(frames: Frames) {
    this.#frames = frames;
  }

  readonly get = (key: string): V | undefined => this.#values.get(key);

  /** The keys in the order of arrival; the same array until one comes or goes. */
  readonly keys = (): readonly string[] => this.#keys;

  readonly values = (): V[] => [...this.#values.values()];

  set(key: string, next: V): void {
    const before = this.#values.get(key);
    const merged = before ? keepEqualParts(before, next) : next;
    if (merged === before) return;
    this.#values.set(key, merged);
    this.#touch(key);
    if (!before) this.#rekey();
  }

  delete(key: string): void {
    if (!this.#values.delete(key)) return;
    this.#touch(key);
    this.#rekey();
  }

  /** Makes these the only values, in this order. */
  replaceAll(entries: readonly (readonly [string, V])[]): void {
    const before = this.#values;
    this.#values = new Map();
    for (const [key, next] of entries) {
      const old = before.get(key);
      const merged = old ? keepEqualParts(old, next) : next;
      this.#values.set(key, merged);
      if (merged !== old) this.#touch(key);
    }
    for (const key of before.keys()) if (!this.#values.has(key)) this.#touch(key);
    const keys = [...this.#values.keys()];
    if (keys.length !== this.#keys.length || keys.some((key, i) => key !== this.#keys[i])) this.#rekey();
  }

  /** `place` is where on the screen the key stands, from the top down, if it stands in a long table; `region` the part of the window, if it is a part of its own. */
  subscribe(key: string, listener: Listener, place?: number, region?: object): () => void {
    const where = place === undefined ? (region ?? this.#rest) : this.#table;
    const regions = this.#listeners.get(key) ?? new Map<object, Followers>();
    const listeners = regions.get(where) ?? new Followers(where);
    listeners.place = place;
    this.#listeners.set(key, regions.set(where, listeners.add(listener)));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0 && regions.get(where) === listeners) regions.delete(where);
      if (regions.size === 0 && this.#listeners.get(key) === regions) this.#listeners.delete(key);
    };
  }

  /** Tells those who follow the key once more: something that they show beside it has changed. */
  retell(key: string): void {
    for (const listeners of this.#listeners.get(key)?.values() ?? []) this.#frames.notify(listeners);
  }

  /** Counts changes of any kind. */
  readonly version = (): number => this.#version;

  /** Hears of every change of any value, once a frame. */
  readonly subscribeAll = (listener: Listener): (() => void) => {
    this.#allListeners.add(listener);
    return () => this.#allListeners.delete(listener);
  };

  readonly subscribeKeys = (listener: Listener): (() => void) => {
    this.#keyListeners.add(listener);
    return () => this.#keyListeners.delete(listener);
  };

  #touch(key: string): void {
    this.#version += 1;
    this.#frames.notify(this.#allListeners);
    this.retell(key);
  }

  #rekey(): void {
    this.#keys = [...this.#values.keys()];
    this.#frames.notify(this.#keyListeners);
  }
}

/** `next`, with every part that equals the part before replaced by it, so that `===` tells what changed. */
export function keepEqualParts<V extends object>(before: V, next: V): V {
  const merged: Record<string, unknown> = {};
  const old = before as Record<string, unknown>;
  let changed = false;
  for (const [name, part] of Object.entries(next)) {
    const kept = isObject(part) && isObject(old[name]) && sameJson(part, old[name]) ? old[name] : part;
    merged[name] = kept;
    if (kept !== old[name]) changed = true;
  }
  return changed ? (merged as V) : before;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function sameJson(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (!isObject(a) || !isObject(b)) return false;
  const left = Object.entries(a);
  const right = b as Record<string, unknown>;
  return left.length === Object.keys(b).length && left.every(([name, part]) => sameJson(part, right[name]));
}
