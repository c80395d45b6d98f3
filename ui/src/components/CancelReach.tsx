import { canCancel } from "../lib/reach";
import { useValue } from "../lib/value-store";
import { useLive } from "../live/context";

/** Says for as long as it is so that no cancel can be asked for. */
export function CancelReach() {
  if (canCancel(useValue(useLive().link))) return null;
  return (
    <p className="fault-note" role="alert" data-testid="cancel-unreached">
      The link is not up. Nothing can be cancelled from here now.
    </p>
  );
}
