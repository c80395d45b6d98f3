import type { ReactNode } from "react";
import { keychainPlace } from "../../lib/passphrase";
import { useValue } from "../../lib/value-store";
import { useLive } from "../../live/context";
import { UnlockForm } from "./UnlockForm";

interface Props {
  /** How the link stands. */
  readonly status: ReactNode;
  /** What can be done without unlocking. */
  readonly actions: ReactNode;
  readonly onCancelAll: () => void;
}

/** All that a locked window shows: no figure, and what lowers a risk. */
export function LockScreen({ status, actions, onCancelAll }: Props) {
  const live = useLive();
  const lock = useValue(live.lock);
  const waiting = lock?.waiting ?? 0;
  return (
    <main className="lock" data-testid="lock-screen">
      <div className="lock-body">
        <h1>Gatehouse is locked</h1>
        <p className="hint block" data-testid="lock-says">
          {lock?.says} The link to the gateway stays, and orders that work go on working. Live orders are off.
        </p>
        {waiting > 0 && (
          <p className="setting-note" role="status" data-testid="lock-waiting">
            {waiting === 1 ? "Something happened meanwhile" : `${waiting} things happened meanwhile`}: unlock to read.
          </p>
        )}
        <UnlockForm />
        <details className="lock-forgotten">
          <summary data-testid="lock-forgotten">The passphrase is forgotten</summary>
          <p>
            {keychainPlace()} Then press Unlock with anything typed. The lock is gone, and nothing else is lost: orders, journal and settings stay. If there is no keychain any more, close Gatehouse and delete{" "}
            <code>lock.json</code> in its data folder.
          </p>
        </details>
        <div className="lock-foot">
          {status}
          <span className="top-space" />
          <button type="button" onClick={onCancelAll} data-testid="lock-cancel-all">
            Cancel all orders…
          </button>
          {actions}
        </div>
      </div>
    </main>
  );
}
