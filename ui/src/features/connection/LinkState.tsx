import type { LinkView } from "../../backend/backend";
import { ageInWords, shortAge } from "../../lib/dates";
import { useMoment } from "../../live/clock";
import { useLive } from "../../live/context";
import { useValue } from "../../lib/value-store";

const WORDS: Record<LinkView["state"], string> = {
  connecting: "Connecting",
  loading: "Reading",
  up: "Connected",
  upstreamDown: "Gateway cut off from IBKR",
  down: "Link lost",
};

/** How the link stands and when the gateway was last heard. */
export function LinkState() {
  const link = useValue(useLive().link);
  const heard = link?.lastHeard ?? null;
  const age = useMoment((now) => (heard === null ? "" : shortAge(now - heard)));
  if (!link) return <span className="link-state" data-testid="link-state" data-state="starting">Starting</span>;
  const tip = `${link.says} ${link.address}${link.serverVersion === null ? "" : `, server version ${link.serverVersion}`}. ${
    heard === null ? "Nothing heard yet." : `Last heard ${ageInWords(Date.now() - heard)} ago.`
  }`;
  return (
    <span className={`link-state link-${link.state}`} data-tip={tip} data-testid="link-state" data-state={link.state}>
      <span className="link-mark" aria-hidden="true" />
      {WORDS[link.state]}
      {age && <span className="hint" data-testid="link-age">{age} ago</span>}
    </span>
  );
}
