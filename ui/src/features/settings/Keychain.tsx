import { useEffect, useRef, useState } from "react";
import { asBackendError, type SecretView, type VaultView } from "../../backend/backend";
import { useBackend } from "../../backend/context";
import { Face } from "../../components/Face";
import { Modal } from "../../components/Modal";

interface Props {
  /** How often something was stored, deleted or asked anew: looked up each time. */
  readonly changes: number;
  /** Asks for that, of all that stands on the keychain. */
  readonly onChanged: () => void;
}

/** How the system's keychain stands and what Gatehouse has in it: names, never values. */
export function Keychain({ changes, onChanged }: Props) {
  const backend = useBackend();
  const [view, setView] = useState<VaultView | null>(null);
  const [asked, setAsked] = useState<SecretView | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [deleting, setDeleting] = useState(false);
  const look = () => {
    setError(null);
    onChanged();
  };
  useEffect(() => {
    backend.keychain().then(setView, (thrown: unknown) => setError(asBackendError(thrown).message));
  }, [backend, changes]);
  const remove = (secret: SecretView) => {
    setAsked(null);
    setError(null);
    setDeleting(true);
    const deleted = (left: VaultView) => {
      setView(left);
      onChanged();
    };
    backend
      .deleteSecret(secret.name)
      .then(deleted, (thrown: unknown) => setError(asBackendError(thrown).message))
      .finally(() => setDeleting(false));
  };
  return (
    <section aria-labelledby="settings-keychain">
      <h2 id="settings-keychain">Secrets in the keychain</h2>
      <p className="hint block">What is secret lies in the system's keychain and nowhere else. Names are shown here, never values. Gatehouse asks for no password of your brokerage, unless you have it start IB Gateway through IBC.</p>
      {!view && !error && <Face kind="loading" title="Asking the keychain." />}
      {view && (
        <p className={view.state === "unusable" ? "setting-note" : "hint block"} role="status" data-testid="keychain-says" data-state={view.state}>
          {view.says}
        </p>
      )}
      {view && view.state !== "unusable" && view.secrets.length === 0 && (
        <p data-testid="keychain-empty">Gatehouse has stored nothing there.</p>
      )}
      {view && view.secrets.length > 0 && (
        <ul className="secrets" data-testid="keychain-secrets">
          {view.secrets.map((secret) => (
            <li key={secret.name} data-testid={`secret-${secret.name}`}>
              <code>{secret.name}</code>
              <span>
                {secret.about}
                {secret.held && <span className="hint block">{secret.held}</span>}
              </span>
              {secret.held === null && (
                <button type="button" disabled={deleting} onClick={() => setAsked(secret)} data-testid={`secret-delete-${secret.name}`}>
                  Delete…
                </button>
              )}
            </li>
          ))}
        </ul>
      )}
      {deleting && (
        <p role="status" data-testid="keychain-deleting">
          Deleting. A keychain that is locked asks for its password first, in a window of its own.
        </p>
      )}
      {error && (
        <p className="fault-note" role="alert" data-testid="keychain-error">
          {error}
        </p>
      )}
      <div className="row">
        <button type="button" onClick={look} data-testid="keychain-look">
          Look again
        </button>
      </div>
      <DeleteDialog secret={asked} onDelete={remove} onLeave={() => setAsked(null)} />
    </section>
  );
}

interface DialogProps {
  readonly secret: SecretView | null;
  readonly onDelete: (secret: SecretView) => void;
  readonly onLeave: () => void;
}

function DeleteDialog({ secret, onDelete, onLeave }: DialogProps) {
  const back = useRef<HTMLButtonElement>(null);
  return (
    <Modal open={secret !== null} onLeave={onLeave} title={`Delete “${secret?.name ?? ""}” from the keychain?`} initialFocus={back} testId="secret-dialog">
      <p>{secret?.about}. It can't be brought back; what needs it asks for it anew.</p>
      <div className="modal-actions">
        <button ref={back} type="button" onClick={onLeave} data-testid="secret-keep">
          Keep it
        </button>
        <button type="button" className="danger" onClick={() => secret && onDelete(secret)} data-testid="secret-delete-go">
          Delete it
        </button>
      </div>
    </Modal>
  );
}
