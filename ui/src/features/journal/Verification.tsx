import { useState } from "react";
import { asBackendError, type JournalHeadView, type VerificationView } from "../../backend/backend";
import { useBackend } from "../../backend/context";

/** Checks the chain of hashes and says what was found. */
export function Verification({ head }: { readonly head: JournalHeadView | null }) {
  const backend = useBackend();
  const [busy, setBusy] = useState(false);
  const [verdict, setVerdict] = useState<VerificationView | null>(null);
  const [error, setError] = useState<string | null>(null);
  const check = async () => {
    setBusy(true);
    setError(null);
    try {
      setVerdict(await backend.verifyJournal(null));
    } catch (thrown) {
      setVerdict(null);
      setError(asBackendError(thrown).message);
    }
    setBusy(false);
  };
  return (
    <div className="verification">
      <div aria-live="polite">
        {verdict && (
          <p className={verdict.intact ? "verdict-intact" : "verdict-broken"} data-testid="journal-verdict" data-intact={verdict.intact} data-tip={verdict.hash ?? undefined}>
            {verdict.says}
          </p>
        )}
        {error && <p className="verdict-broken" data-testid="journal-verdict-error">{error}</p>}
        {!verdict && !error && head && !head.fault && (
          <p className="hint" data-tip={`Newest hash ${head.hash}`} data-testid="journal-count">
            {head.seq} {head.seq === 1 ? "record" : "records"}
          </p>
        )}
      </div>
      <button type="button" disabled={busy} onClick={() => void check()} data-testid="journal-verify">
        {busy ? "Checking…" : "Check the journal"}
      </button>
    </div>
  );
}
