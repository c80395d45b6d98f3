import { useState } from "react";
import { asBackendError, type CancelOutcome, type CancelScope } from "../../backend/backend";
import { useBackend } from "../../backend/context";
import { useAll, useLive } from "../../live/context";
import { useLinkError } from "../../live/link-error";
import { countScope, type ScopeCount } from "./scope";

interface CancelMany {
  readonly counts: readonly ScopeCount[];
  readonly ours: number;
  readonly others: number;
  readonly underWay: number;
  readonly asking: boolean;
  /** What came of it. */
  readonly outcome: CancelOutcome | null;
  readonly error: string | null;
  readonly cancel: (othersToo: boolean) => Promise<void>;
}

function sameCounts(a: readonly ScopeCount[], b: readonly ScopeCount[]): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function total(counts: readonly ScopeCount[], part: "ours" | "others" | "underWay"): number {
  return counts.reduce((sum, count) => sum + count[part], 0);
}

/** The orders of a scope, counted as they change, and cancelling them: asked once. */
export function useCancelMany(scope: CancelScope): CancelMany {
  const backend = useBackend();
  const [asking, setAsking] = useState(false);
  const [outcome, setOutcome] = useState<CancelOutcome | null>(null);
  const [error, setError] = useLinkError();
  const counts = useAll(useLive().orders, (orders) => countScope(orders, scope), sameCounts);
  const cancel = async (othersToo: boolean) => {
    if (asking) return;
    setAsking(true);
    setError(null);
    try {
      setOutcome(await backend.cancelMany(scope.type === "everything" ? { ...scope, othersToo } : scope));
    } catch (thrown) {
      setError(asBackendError(thrown).message);
    }
    setAsking(false);
  };
  return {
    counts,
    ours: total(counts, "ours"),
    others: total(counts, "others"),
    underWay: total(counts, "underWay"),
    asking,
    outcome,
    error,
    cancel,
  };
}
