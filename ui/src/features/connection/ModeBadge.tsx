import { useLive } from "../../live/context";
import { useValue } from "../../lib/value-store";
import { modeWords } from "../../lib/words";

const TIPS = {
  paper: "Decided from the account ids of this login: no real money moves",
  live: "Decided from the account ids of this login: real money. This version places no orders on it",
  unknown: "No account id is known yet",
};

/** Paper or live, in words. */
export function ModeBadge() {
  const link = useValue(useLive().link);
  const mode = link?.mode ?? "unknown";
  return (
    <span className={`mode-badge mode-${mode}`} data-tip={TIPS[mode]} data-testid="mode-badge" data-mode={mode}>
      {modeWords(mode, link?.simulated ?? false)}
    </span>
  );
}
