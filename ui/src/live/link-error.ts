import { useState } from "react";
import { useValue } from "../lib/value-store";
import { useLive } from "./context";

/** What went wrong with something that was asked over the link. It is of the link as it stood then, and forgotten when that changes. */
export function useLinkError(): readonly [string | null, (error: string | null) => void] {
  const { link } = useLive();
  const state = useValue(link)?.state;
  const [told, setTold] = useState<{ readonly error: string | null; readonly state: typeof state } | null>(null);
  const setError = (error: string | null) => setTold({ error, state: link.get()?.state });
  return [told && told.state === state ? told.error : null, setError];
}
