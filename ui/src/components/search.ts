import { useEffect, useRef, useState } from "react";
import { asBackendError } from "../backend/backend";

export type SearchState =
  | { readonly at: "idle" }
  | { readonly at: "searching" }
  | { readonly at: "found" }
  | { readonly at: "failed"; readonly message: string };

const DELAY_MS = 200;
const NONE: readonly never[] = [];

/** A debounced search whose late answers are let fall. */
export function useSearch<T>(search: (pattern: string) => Promise<readonly T[]>, initial: readonly T[] = NONE) {
  const [pattern, setPattern] = useState("");
  const [answer, setAnswer] = useState<readonly T[]>(NONE);
  const [active, setActive] = useState(0);
  const [state, setState] = useState<SearchState>({ at: "idle" });
  const ask = useRef(search);
  useEffect(() => {
    ask.current = search;
  });
  const wanted = pattern.trim();
  const found = wanted === "" ? initial : answer;
  useEffect(() => {
    if (wanted === "") return;
    let late = false;
    const timer = setTimeout(async () => {
      try {
        const items = await ask.current(wanted);
        if (late) return;
        setAnswer(items);
        setActive(0);
        setState({ at: "found" });
      } catch (thrown) {
        if (late) return;
        setAnswer(NONE);
        setState({ at: "failed", message: asBackendError(thrown).message });
      }
    }, DELAY_MS);
    return () => {
      late = true;
      clearTimeout(timer);
    };
  }, [wanted]);
  const type = (next: string) => {
    setPattern(next);
    if (next.trim() === wanted) return;
    // The answers to another pattern are not choices for this one.
    setAnswer(NONE);
    setActive(0);
    setState(next.trim() === "" ? { at: "idle" } : { at: "searching" });
  };
  const move = (step: number) => setActive((now) => (found.length === 0 ? 0 : (now + step + found.length) % found.length));
  return { pattern, type, found, active, move, state, close: () => type("") };
}
