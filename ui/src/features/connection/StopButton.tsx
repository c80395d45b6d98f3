import { useValue } from "../../lib/value-store";
import { useLive } from "../../live/context";

/** Leads to the stop, and back from it. It does neither by itself. */
export function StopButton({ onAsk }: { readonly onAsk: () => void }) {
  const stopped = (useValue(useLive().trading)?.stoppedSince ?? null) !== null;
  return (
    <button
      type="button"
      className={stopped ? "stop-button stopped" : "stop-button"}
      data-tip={stopped ? "No order goes out. Press to allow trading again" : "Cancels every order and lets none out until you allow it again"}
      data-stopped={stopped}
      onClick={onAsk}
      data-testid="stop-trading"
    >
      {stopped ? "Trading stopped" : "Stop trading"}
    </button>
  );
}
