import { useState } from "react";
import type { LinkView } from "../../backend/backend";
import { ageInWords, shortAge } from "../../lib/dates";
import { useMoment } from "../../live/clock";
import { useLive } from "../../live/context";
import { useValue } from "../../lib/value-store";
import { LinkPanel } from "./LinkPanel";

const WORDS: Record<LinkView["state"], string> = {
  connecting: "Connecting",
  loading: "Reading",
  up: "Connected",
  upstreamDown: "Gateway cut off from IBKR",
  held: "Waiting for you",
  checking: "Checking",
  off: "Not connected",
  down: "Link lost",
};

/** How the link stands and when the gateway was last heard; pressed, how it did lately. */
interface Props {
  /** Opens the wizard, which finds out what is wrong; null behind a lock, where there is nothing to press. */
  readonly onWizard: (() => void) | null;
}

export function LinkState({ onWizard }: Props) {
  const link = useValue(useLive().link);
  const [open, setOpen] = useState(false);
  const heard = link?.lastHeard ?? null;
  const age = useMoment((now) => (heard === null ? "" : shortAge(now - heard)));
  if (!link) return <span className="link-state" data-testid="link-state" data-state="starting">Starting</span>;
  const tip = `${link.says} ${link.address}${link.serverVersion === null ? "" : `, server version ${link.serverVersion}`}. ${
    heard === null ? "Nothing heard yet." : `Last heard ${ageInWords(Date.now() - heard)} ago.`
  } Press for how it did lately.`;
  const words = link.restarting ? "Gateway restarting" : WORDS[link.state];
  const inside = (
    <>
      <span className="link-mark" aria-hidden="true" />
      {words}
      {age && <span className="hint" data-testid="link-age">{age} ago</span>}
    </>
  );
  if (!onWizard) return <span className={`link-state link-${link.state}`} data-testid="link-state" data-state={link.state}>{inside}</span>;
  return (
    <>
      <button
        type="button"
        className={`link-state link-${link.restarting ? "restarting" : link.state}`}
        data-tip={tip}
        data-testid="link-state"
        data-state={link.state}
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
      >
        {inside}
      </button>
      {open && <LinkPanel link={link} onLeave={() => setOpen(false)} onWizard={onWizard} />}
    </>
  );
}
