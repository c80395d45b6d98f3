import { useEffect, useState } from "react";
import { type AppLockView, asBackendError } from "../../backend/backend";
import { useBackend } from "../../backend/context";
import { Choice } from "../../components/Choice";
import { Face } from "../../components/Face";
import { PassphraseDialog } from "./PassphraseDialog";

const TIMES = [
  { value: "never", label: "Never" },
  { value: "1", label: "1 min" },
  { value: "5", label: "5 min" },
  { value: "15", label: "15 min" },
  { value: "60", label: "1 h" },
] as const;

/** The lock of the window: whether there is a passphrase, and when the window locks itself. */
export function AppLock({ onChanged }: { readonly onChanged: () => void }) {
  const backend = useBackend();
  const [view, setView] = useState<AppLockView | null>(null);
  const [asked, setAsked] = useState<"set" | "change" | "remove" | null>(null);
  const [error, setError] = useState<string | null>(null);
  const fail = (thrown: unknown) => setError(asBackendError(thrown).message);
  useEffect(() => {
    backend.appLock().then(setView, (thrown: unknown) => setError(asBackendError(thrown).message));
  }, [backend]);
  if (!view) return error ? <Face kind="broken" title="Gatehouse can't say how its lock stands.">{error}</Face> : <Face kind="loading" title="Asking how the lock stands." />;
  const idle = view.idleMinutes === null ? "never" : String(view.idleMinutes);
  const others = TIMES.some(({ value }) => value === idle) ? [] : [{ value: idle, label: `${idle} min` }];
  const chooseIdle = (next: string) => {
    setError(null);
    backend.lockWhenIdle(next === "never" ? null : Number(next)).then(setView, fail);
  };
  const done = () => {
    setAsked(null);
    onChanged();
    backend.appLock().then(setView, fail);
  };
  return (
    <section aria-labelledby="settings-lock">
      <h2 id="settings-lock">App lock</h2>
      <p className="hint block">
        Locked, the window shows no figure and sends nothing until the passphrase is typed; live orders go off, the link stays. It starts locked, and locks itself when the screen does, where the desktop tells. It keeps passers-by out; it does not encrypt what lies on the disk.
      </p>
      {view.set ? (
        <>
          <Choice<string> label="Lock when nobody uses it for" options={[...TIMES, ...others]} value={idle} onChange={chooseIdle} testId="lock-idle" />
          <div className="row">
            <button type="button" onClick={() => void backend.lock().catch(fail)} data-testid="lock-now">
              Lock now
            </button>
            <button type="button" onClick={() => setAsked("change")} data-testid="lock-change">
              Change the passphrase…
            </button>
            <button type="button" onClick={() => setAsked("remove")} data-testid="lock-remove">
              Take the lock off…
            </button>
          </div>
        </>
      ) : (
        <div className="row">
          <button type="button" onClick={() => setAsked("set")} data-testid="lock-set">
            Set a passphrase…
          </button>
        </div>
      )}
      {error && (
        <p className="fault-note" role="alert" data-testid="lock-settings-error">
          {error}
        </p>
      )}
      <PassphraseDialog asked={asked} onDone={done} onLeave={() => setAsked(null)} />
    </section>
  );
}
