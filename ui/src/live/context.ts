import { createContext, useCallback, useContext, useRef, useSyncExternalStore } from "react";
import type { KeyedStore } from "./keyed-store";
import type { Live } from "./live";

export const LiveContext = createContext<Live | null>(null);

/** A part of the window that is laid out by itself: what changes in it has frames of its own. */
export const RegionContext = createContext<object | undefined>(undefined);

export function useLive(): Live {
  const live = useContext(LiveContext);
  if (!live) throw new Error("useLive needs a LiveContext around it");
  return live;
}

/** One part of one value of a store; re-renders when just that part changes. */
export function usePart<V extends object, P>(store: KeyedStore<V>, key: string, part: (value: V | undefined) => P): P {
  const region = useContext(RegionContext);
  const subscribe = useCallback((listener: () => void) => store.subscribe(key, listener, undefined, region), [store, key, region]);
  return useSyncExternalStore(subscribe, () => part(store.get(key)));
}

const whole = <V>(value: V | undefined): V | undefined => value;

/** A whole value of a store. */
export function useKeyed<V extends object>(store: KeyedStore<V>, key: string): V | undefined {
  return usePart(store, key, whole<V>);
}

/** Something reckoned from all values of a store; the same until `same` says that it changed. `derive` may be made anew at each render. */
export function useAll<V extends object, D>(store: KeyedStore<V>, derive: (values: readonly V[]) => D, same: (a: D, b: D) => boolean): D {
  useSyncExternalStore(store.subscribeAll, store.version);
  const last = useRef<D | null>(null);
  const next = derive(store.values());
  if (last.current === null || !same(last.current, next)) last.current = next;
  return last.current;
}

export function useKeys<V extends object>(store: KeyedStore<V>): readonly string[] {
  return useSyncExternalStore(store.subscribeKeys, store.keys);
}

/** Whether what is on show is no longer fed: the link is not up, or the figures are the last session's. */
export function isStale({ link, remembered }: Live): boolean {
  const state = link.get()?.state;
  return remembered.get() || (state !== undefined && state !== "up" && state !== "loading");
}

/** The same, followed. The link tells of itself often; only what is said here renders again. */
export function useStale(): boolean {
  const live = useLive();
  const subscribe = useCallback(
    (listener: () => void) => {
      const stops = [live.link.subscribe(listener), live.remembered.subscribe(listener)];
      return () => stops.forEach((stop) => stop());
    },
    [live],
  );
  return useSyncExternalStore(subscribe, () => isStale(live));
}
