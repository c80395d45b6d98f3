import { useState } from "react";
import { Face } from "../../components/Face";
import { ConfigDialog } from "./ConfigDialog";
import { PasswordDialog } from "./PasswordDialog";
import { StarterForm } from "./StarterForm";
import { FRESH, passwordWords, runWords, takesPassword, traitsOf, wayWords } from "./starter-words";
import { useStarter } from "./use-starter";

type Open = "form" | "config" | "password";

interface Props {
  /** How often a secret was stored or deleted in the keychain. */
  readonly secrets: number;
  readonly onSecret: () => void;
}

/** Starting and stopping IB Gateway through IBC, for those who want that. */
export function Starter({ secrets, onSecret }: Props) {
  const starter = useStarter(secrets, onSecret);
  const { view, error, busy } = starter;
  const [open, setOpen] = useState<Open | null>(null);
  const leave = () => setOpen(null);
  if (!view) {
    return (
      <section className="connections" aria-label="Start IB Gateway">
        {error ? (
          <Face kind="broken" title="Gatehouse can't say whether IBC is here." actions={<button type="button" onClick={starter.look}>Ask again</button>}>
            {error}
          </Face>
        ) : (
          <Face kind="loading" title="Looking for IBC." />
        )}
      </section>
    );
  }
  const { kept, run, ibcs, gateways } = view;
  const isRunning = run.type === "running";
  const setUp = (
    <button type="button" disabled={busy} onClick={() => setOpen("form")} data-testid="starter-set-up">
      {kept ? "Change…" : "Set it up…"}
    </button>
  );
  const canStart = kept !== null && view.configExists && view.lacks.length === 0;
  return (
    <section className="connections" aria-labelledby="settings-starter" data-testid="starter">
      <h2 id="settings-starter">Start IB Gateway</h2>
      <p className="hint block">IBC is a program of others that starts IB Gateway, fills in its login window and keeps it up over its daily restart. You don't need it: IB Gateway can be started by hand. Once it has run, IBC renames the gateway's own start file, so that it is started through IBC from then on.</p>
      {!view.supported && <Face kind="empty" title="On Windows IBC is started with its own StartGateway.bat.">Gatehouse starts it on Linux and macOS only.</Face>}
      {view.fault && <Face kind="broken" title="What was set up can't be read.">{view.fault}</Face>}
      {view.supported && ibcs.length === 0 && kept === null && (
        <Face kind="empty" title="IBC was not found in the usual folders." actions={setUp} testId="starter-none">
          If you have it elsewhere, say where. Without it, start IB Gateway by hand.
        </Face>
      )}
      {view.supported && kept === null && ibcs[0] && (
        <>
          <p data-testid="starter-found">
            Found IBC {ibcs[0].version ?? ""} in <code>{ibcs[0].folder}</code>
            {wayWords(ibcs[0].password)}
            {gateways[0] ? `, and IB Gateway ${gateways[0].version ?? ""}.` : ", but no IB Gateway whose version it could be told: install its offline version."}
          </p>
          <div className="row">{setUp}</div>
        </>
      )}
      {view.supported && kept && (
        <div className="profile" data-testid="starter-kept" data-run={run.type}>
          <p>{traitsOf(kept)}</p>
          {view.lacks.length > 0 && (
            <Face kind="partial" title="It can't be started as it was set up." testId="starter-lacks">
              {view.lacks.map(({ says }) => says).join(" ")}
            </Face>
          )}
          {view.lacks.length === 0 && <p className="hint block" data-testid="starter-password-says">{passwordWords(view)}</p>}
          {!view.configExists && view.lacks.length === 0 && <p className="setting-note">IBC's settings are not written yet. Look at them, then write them.</p>}
          <p role="status" data-testid="starter-run">{runWords(view)}</p>
          <div className="row">
            {isRunning ? (
              <button type="button" disabled={busy || run.stopping} onClick={() => void starter.stop()} data-testid="starter-stop">
                Stop the gateway
              </button>
            ) : (
              <button type="button" className="primary" disabled={busy || !canStart} onClick={() => void starter.start()} data-testid="starter-start">
                Start the gateway
              </button>
            )}
            <button type="button" disabled={busy || view.lacks.length > 0} onClick={() => setOpen("config")} data-testid="starter-config">
              IBC's settings…
            </button>
            {takesPassword(view) && (
              <button type="button" disabled={busy} onClick={() => setOpen("password")} data-testid="starter-password">
                Password…
              </button>
            )}
            {setUp}
          </div>
        </div>
      )}
      {error && open === null && <p className="fault-note" role="alert" data-testid="starter-error">{error}</p>}
      {open === "form" && <StarterForm draft={kept ?? FRESH} view={view} busy={busy} error={error} onSave={starter.keep} onLeave={leave} />}
      {open === "config" && <ConfigDialog onDone={starter.look} onLeave={leave} />}
      {open === "password" && <PasswordDialog stored={view.password === "stored"} error={error} onKeep={starter.keepPassword} onForget={starter.forgetPassword} onLeave={leave} />}
    </section>
  );
}
