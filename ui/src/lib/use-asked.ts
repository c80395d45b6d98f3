import { useState } from "react";
import { asBackendError } from "../backend/backend";

/** One question after another to the program: whether one is on its way, and what went wrong with the last. */
export function useAsked() {
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  /** The answer, or null when it failed, which `error` then says. */
  const ask = async <T,>(asked: Promise<T>): Promise<T | null> => {
    setBusy(true);
    setError(null);
    try {
      return await asked;
    } catch (thrown) {
      setError(asBackendError(thrown).message);
      return null;
    } finally {
      setBusy(false);
    }
  };
  return { ask, busy, error, setError };
}
