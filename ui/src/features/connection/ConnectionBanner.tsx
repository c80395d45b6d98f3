import { useState } from "react";
import { asBackendError } from "../../backend/backend";
import { useBackend } from "../../backend/context";
import { ageInWords } from "../../lib/dates";
import { useMoment } from "../../live/clock";
import { useLive } from "../../live/context";
import { useValue } from "../../lib/value-store";

/** What is lost, what is stale because of it, and when it is tried again. */
export function ConnectionBanner() {
  const live = useLive();
  const link = useValue(live.link);
  const remembered = useValue(live.remembered);
  const retry = useMoment((now) => (link?.retryAt == null ? null : Math.max(0, Math.ceil((link.retryAt - now) / 1000))));
  const heard = useMoment((now) => (link?.lastHeard == null ? null : ageInWords(now - link.lastHeard)));
  if (!link) return null;
  const again = link.state === "connecting" && (link.lastHeard !== null || link.retryAt !== null);
  if (link.state !== "down" && link.state !== "upstreamDown" && !again && !remembered) return null;
  const down = link.lastHeard === null ? "There is no link to the gateway." : "The link to the gateway is lost.";
  const lost = link.state === "upstreamDown" ? "The gateway has lost IBKR." : link.state === "down" ? down : "Connecting to the gateway.";
  return (
    <div className="banner" role="alert" data-testid="connection-banner" data-state={link.state}>
      <div>
        <p>
          <strong>{lost}</strong> {link.says}
        </p>
        <p data-testid="connection-stale">
          {remembered
            ? "These are the figures of the last session. "
            : heard === null
              ? "Nothing has been heard from it yet. "
              : `Everything shown is stale: last heard ${heard} ago. `}
          No order can be previewed or sent until it is back.{" "}
          <span data-testid="connection-retry">{retry === null ? "" : retry === 0 ? "Trying now." : `Next try in ${retry}\u00a0s.`}</span>
        </p>
      </div>
      {link.state !== "upstreamDown" && <ConnectNow />}
    </div>
  );
}

function ConnectNow() {
  const backend = useBackend();
  const [error, setError] = useState<string | null>(null);
  const connect = () => {
    setError(null);
    backend.connectNow().catch((thrown: unknown) => setError(asBackendError(thrown).message));
  };
  return (
    <div className="row">
      {error && <span className="fault-note">{error}</span>}
      <button type="button" onClick={connect} data-testid="connect-now">
        Connect now
      </button>
    </div>
  );
}
