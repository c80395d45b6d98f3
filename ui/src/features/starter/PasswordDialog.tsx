import { type FormEvent, useState } from "react";
import { Field } from "../../components/Field";
import { Modal } from "../../components/Modal";

interface Props {
  readonly stored: boolean;
  readonly error: string | null;
  readonly onKeep: (password: string) => Promise<boolean>;
  readonly onForget: () => Promise<boolean>;
  readonly onLeave: () => void;
}

/** Puts the gateway's password into the keychain, with what that means. */
export function PasswordDialog({ stored, error, onKeep, onForget, onLeave }: Props) {
  const [typed, setTyped] = useState("");
  const [asking, setAsking] = useState(false);
  const ask = async (asked: Promise<boolean>) => {
    setAsking(true);
    if (await asked) onLeave();
    setAsking(false);
  };
  const keep = (event: FormEvent) => {
    event.preventDefault();
    if (typed === "" || asking) return;
    // The field is empty before anything can go wrong.
    setTyped("");
    void ask(onKeep(typed));
  };
  return (
    <Modal open onLeave={onLeave} title="Password of the gateway's login" testId="password-dialog">
      <form className="passphrase-form" onSubmit={keep}>
        <p>Think twice. It lies in the system's keychain, and Gatehouse hands it to IBC when you start the gateway. Whoever can use this computer as you can then log in without knowing it, and programs that run as you can read it from IBC while the gateway runs. The second factor still asks for you.</p>
        <Field label={stored ? "New password" : "Password"} type="password" value={typed} onChange={(event) => setTyped(event.target.value)} testId="gateway-password" />
        {error && (
          <p className="fault-note" role="alert" data-testid="password-error">
            {error}
          </p>
        )}
        <div className="modal-actions">
          <button type="button" onClick={onLeave} data-testid="password-leave">
            Go back
          </button>
          {stored && (
            <button type="button" className="danger" disabled={asking} onClick={() => void ask(onForget())} data-testid="password-forget">
              Delete the stored one
            </button>
          )}
          <button type="submit" className="primary" disabled={typed === "" || asking} data-testid="password-keep">
            {asking ? "Storing…" : "Store it in the keychain"}
          </button>
        </div>
      </form>
    </Modal>
  );
}
