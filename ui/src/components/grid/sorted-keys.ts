import { useEffect, useState } from "react";
import { type Column, type Sorting, sortKeys } from "./columns";

const RESORT_MS = 1000;

/** The keys in order, put in order again each second while a live column leads. */
export function useSortedKeys(keys: readonly string[], columns: readonly Column[], sorting: Sorting | null): readonly string[] {
  const [, resort] = useState("");
  useEffect(() => {
    if (!sorting) return;
    const timer = setInterval(() => resort(sortKeys(keys, columns, sorting).join("\n")), RESORT_MS);
    return () => clearInterval(timer);
  }, [keys, columns, sorting]);
  return sortKeys(keys, columns, sorting);
}
