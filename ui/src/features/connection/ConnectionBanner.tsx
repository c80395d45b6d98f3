import { useState } from "react";
import { asBackendError, type LinkView } from "../../backend/backend";
import { useBackend } from "../../backend/context";
import { ageInWords, timeOfDay } from "../../lib/dates";
import { useMoment } from "../../live/clock";
import { useLive } from "../../live/context";
import { useValue } from "../../lib/value-store";

/** What is lost, what is stale because of it, and when it is tried again. */
interface Props {
  /** Opens the wizard, which names the fault; null while it is open. */
  readonly onFind: (() => void) | null;
}

export function ConnectionBanner({ onFind }: Props) {
  const live = useLive();
  const link = useValue(live.link);
  const remembered = useValue(live.remembered);
  const retry = useMoment((now) => (link?.retryAt == null ? null : Math.max(0, Math.ceil((link.retryAt - now) / 1000))));
  const heard = useMoment((now) => (link?.lastHeard == null ? null : ageInWords(now - link.lastHeard)));
  const restart = useMoment((now) => (link?.restartAt == null ? null : Math.max(1, Math.ceil((link.restartAt - now) / 60_000))));
  if (!link || link.state === "held") return null;
  if (link.restartAt !== null && restart !== null && (link.state === "up" || link.state === "loading")) {
    return (
      <div className="banner banner-quiet" role="status" data-testid="restart-banner">
        <p>
          The gateway restarts at {timeOfDay(link.restartAt).slice(0, 5)}, in {restart} min. The link goes for some minutes and comes back by itself; orders that IBKR has go on there.
        </p>
      </div>
    );
  }
  if (!isGone(link) && !remembered) return null;
  const quiet = link.restarting || link.state === "off" || link.state === "checking";
  return (
    <div className={quiet ? "banner banner-quiet" : "banner"} role={quiet ? "status" : "alert"} data-testid="connection-banner" data-state={link.state} data-restarting={link.restarting}>
      <div>
        <p>
          <strong>{titleOf(link)}</strong> {link.says}
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
      <div className="row">
        {onFind && (
          <button type="button" onClick={onFind} data-testid="find-fault">
            Find out why
          </button>
        )}
        {link.state !== "upstreamDown" && link.state !== "checking" && <ConnectNow />}
      </div>
    </div>
  );
}

function isGone(link: LinkView): boolean {
  const again = link.state === "connecting" && (link.lastHeard !== null || link.retryAt !== null);
  return again || ["down", "upstreamDown", "off", "checking"].includes(link.state);
}

function titleOf(link: LinkView): string {
  if (link.state === "upstreamDown") return "The gateway has lost IBKR.";
  if (link.state === "off") return "Not connected.";
  if (link.state === "checking") return "The computer slept.";
  if (link.restarting) return "The gateway is restarting.";
  if (link.state !== "down") return "Connecting to the gateway.";
  return link.lastHeard === null ? "There is no link to the gateway." : "The link to the gateway is lost.";
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
