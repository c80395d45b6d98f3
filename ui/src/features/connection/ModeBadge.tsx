import { useState } from "react";
import { useMoment } from "../../live/clock";
import { useLive } from "../../live/context";
import { useValue } from "../../lib/value-store";
import { modeWords } from "../../lib/words";
import { ArmDialog } from "./ArmDialog";

const TIPS = {
  paper: "Decided from the account ids of this login: no real money moves",
  live: "Decided from the account ids of this login: real money. Press to turn live orders on or off",
  unknown: "No account id is known yet",
};

/** Paper or live, in words; on live the button that turns orders on and off. */
export function ModeBadge() {
  const link = useValue(useLive().link);
  const [asking, setAsking] = useState(false);
  const mode = link?.mode ?? "unknown";
  const until = link?.armedUntil ?? null;
  const left = useMoment((now) => (until === null ? null : minutesLeft(until - now)));
  const words = modeWords(mode, link?.simulated ?? false, until !== null);
  const shape = { className: `mode-badge mode-${mode}`, "data-tip": TIPS[mode], "data-testid": "mode-badge", "data-mode": mode };
  if (mode !== "live") return <span {...shape}>{words}</span>;
  return (
    <>
      <button {...shape} type="button" data-armed={until !== null} onClick={() => setAsking(true)}>
        {words}
        {left && `, ${left}`}
      </button>
      <ArmDialog open={asking} until={until} onLeave={() => setAsking(false)} />
    </>
  );
}

function minutesLeft(ms: number): string {
  const minutes = Math.max(1, Math.ceil(ms / 60_000));
  return minutes >= 120 ? `${Math.floor(minutes / 60)} h left` : `${minutes} min left`;
}
