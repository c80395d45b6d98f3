import { useLive } from "../../live/context";
import { useValue } from "../../lib/value-store";

/** Without the journal nothing is sent: said beside every screen for as long as it is so. */
export function JournalBanner() {
  const fault = useValue(useLive().journal)?.fault ?? null;
  if (fault === null) return null;
  return (
    <div className="banner" role="alert" data-testid="journal-banner">
      <p>
        <strong>Orders are stopped.</strong> {fault}
      </p>
    </div>
  );
}
