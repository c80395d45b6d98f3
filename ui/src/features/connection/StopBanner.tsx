import { type ReactNode, useState } from "react";
import { asBackendError } from "../../backend/backend";
import { useBackend } from "../../backend/context";
import { dateAndTime } from "../../lib/dates";
import { useValue } from "../../lib/value-store";
import { useLive } from "../../live/context";
import { notReached, useOtherWindows } from "./use-other-windows";

interface Props {
  /** What may still fill. */
  readonly standing: ReactNode;
  readonly onLift: () => void;
}

/** Said beside every screen for as long as trading is stopped. */
export function StopBanner({ standing, onLift }: Props) {
  const backend = useBackend();
  const since = useValue(useLive().trading)?.stoppedSince ?? null;
  const [said, setSaid] = useState<string | null>(null);
  const beyond = notReached(useOtherWindows(since !== null));
  if (since === null) return null;
  const again = () => backend.stopTrading().then(({ says }) => setSaid(says), (thrown: unknown) => setSaid(asBackendError(thrown).message));
  return (
    <div className="banner" role="alert" data-testid="stop-banner">
      <p>
        <strong>Trading is stopped</strong> since {dateAndTime(since)}. No order goes out until you allow it again. {standing}{beyond && <span data-testid="stop-banner-beyond">{beyond} </span>}{said && <span data-testid="stop-said">{said}</span>}
      </p>
      <div className="row">
        <button type="button" onClick={() => void again()} data-testid="stop-again">
          Cancel everything once more
        </button>
        <button type="button" onClick={onLift} data-testid="stop-lift-ask">
          Allow trading again…
        </button>
      </div>
    </div>
  );
}
