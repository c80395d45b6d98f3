import { useEffect } from "react";
import { useBackend } from "../../backend/context";
import { useValue } from "../../lib/value-store";
import { useLive } from "../../live/context";

// Shorter than one notices, longer than a turn of the wheel.
const SETTLE_MS = 150;

/** Says which options are in sight once the table rests, and that none are when it is left. */
export function useShownOptions(conIds: readonly number[]): void {
  const backend = useBackend();
  const isUp = useValue(useLive().link)?.state === "up";
  const names = conIds.join(" ");
  useEffect(() => {
    if (!isUp) return;
    const wanted = names === "" ? [] : names.split(" ").map(Number);
    // What gets no quote shows as unknown, with the broker's reason.
    const timer = setTimeout(() => void backend.showOptions(wanted).catch(() => undefined), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [backend, names, isUp]);
  useEffect(() => () => void backend.showOptions([]).catch(() => undefined), [backend]);
}
