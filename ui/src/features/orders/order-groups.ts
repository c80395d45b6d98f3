import { useCallback, useMemo, useSyncExternalStore } from "react";
import type { OrderStateView } from "../../backend/backend";
import { useLive } from "../../live/context";

/** Parts keys in two by their orders' states; the parts stay the same until an order changes sides. */
export function useOrderGroups(keys: readonly string[], isDone: (state: OrderStateView) => boolean) {
  const { orders } = useLive();
  const subscribe = useCallback(
    (listener: () => void) => {
      const stops = keys.map((key) => orders.subscribe(key, listener));
      return () => stops.forEach((stop) => stop());
    },
    [keys, orders],
  );
  const doneKeys = useSyncExternalStore(subscribe, () => keys.filter((key) => isDone(orders.get(key)?.state ?? "unknown")).join("\n"));
  return useMemo(() => {
    const done = new Set(doneKeys.split("\n"));
    const newestFirst = (a: string, b: string) => (orders.get(b)?.since ?? 0) - (orders.get(a)?.since ?? 0);
    return {
      working: keys.filter((key) => !done.has(key)).toSorted(newestFirst),
      done: keys.filter((key) => done.has(key)).toSorted(newestFirst),
    };
  }, [keys, doneKeys, orders]);
}
