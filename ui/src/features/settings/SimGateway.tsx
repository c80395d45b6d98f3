import { useState } from "react";
import { asBackendError } from "../../backend/backend";
import { useBackend } from "../../backend/context";

/** Demo only: takes the simulated gateway away and brings it back. */
export function SimGateway() {
  const backend = useBackend();
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState<string | null>(null);
  const ask = async (action: "stop" | "start") => {
    setBusy(true);
    try {
      await backend.simGateway(action);
      setSaid(action === "stop" ? "Stopped. The window will say that the link is lost." : "Started. The link comes back by itself.");
    } catch (thrown) {
      setSaid(asBackendError(thrown).message);
    }
    setBusy(false);
  };
  return (
    <section aria-labelledby="settings-sim">
      <h2 id="settings-sim">Simulated gateway</h2>
      <p>This is the demo: prices, accounts and fills are invented. Stop the gateway to see what a lost link looks like.</p>
      <div className="row">
        <button type="button" disabled={busy} onClick={() => void ask("stop")} data-testid="sim-stop">
          Stop the gateway
        </button>
        <button type="button" disabled={busy} onClick={() => void ask("start")} data-testid="sim-start">
          Start the gateway
        </button>
      </div>
      <p className="hint block" role="status" data-testid="sim-says">{said}</p>
    </section>
  );
}
