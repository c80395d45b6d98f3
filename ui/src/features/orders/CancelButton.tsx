import { useState } from "react";
import { asBackendError, type OrderView } from "../../backend/backend";
import { useBackend } from "../../backend/context";
import { orderWords } from "./words";

/** Asks the broker to cancel. Needs no preview, and is asked once. */
export function CancelButton({ order }: { readonly order: OrderView }) {
  const backend = useBackend();
  const [asked, setAsked] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const cancel = async () => {
    if (asked) return;
    setAsked(true);
    setError(null);
    try {
      await backend.cancel(order.key);
    } catch (thrown) {
      setError(asBackendError(thrown).message);
      setAsked(false);
    }
  };
  return (
    <>
      {error && <span className="fault-note" role="alert" data-testid="order-cancel-error">{error}</span>}
      <button type="button" className="small" disabled={asked} onClick={() => void cancel()} aria-label={`Cancel order: ${orderWords(order)}`} data-testid="order-cancel">
        {asked ? "Cancelling…" : "Cancel order"}
      </button>
    </>
  );
}
