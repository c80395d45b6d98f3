import { useRef, useState } from "react";
import { timeOfDay } from "../../lib/dates";
import { useValue } from "../../lib/value-store";
import { useMoment } from "../../live/clock";
import { useLive } from "../../live/context";
import { type Alike, alike } from "./alike";

const SHOWN = 2;
const PASSING = 3;
const QUIET_MS = 8000;

/** What the gateway has to say. A quiet word passes by itself; a loud one stays until it is put away, the newest few in sight and the others counted. */
export function Notices() {
  const live = useLive();
  const away = useValue(live.noticesAway);
  const notices = useValue(live.notices).filter(({ id }) => !away.has(id));
  const [all, setAll] = useState(false);
  const loudList = useRef<HTMLOListElement>(null);
  const quiet = notices.filter(({ tone }) => tone === "quiet");
  const fresh = useMoment((now) => quiet.filter(({ at }) => now - at < QUIET_MS).map(({ id }) => id).join(" ")).split(" ");
  const passing = alike(quiet.filter(({ id }) => fresh.includes(String(id)))).slice(-PASSING);
  const loud = alike(notices.filter(({ tone }) => tone !== "quiet"));
  const hidden = all ? 0 : Math.max(0, loud.length - SHOWN);
  const putAway = ({ ids }: Alike, at: number) => {
    // Who puts one away after the other by keys goes on to the next.
    const buttons = loudList.current?.querySelectorAll("button") ?? [];
    (buttons[at + 1] ?? buttons[at - 1])?.focus();
    live.putNoticesAway(ids);
  };
  return (
    <section className="notices" aria-label="Notices" data-testid="notices">
      <ol className="notices-passing" aria-live="polite" aria-label="Passing notices" data-testid="notices-passing">
        {passing.map((group) => (
          <Notice key={group.ids[0]} group={group} />
        ))}
      </ol>
      <ol className="notices-loud" aria-live="polite" aria-label="Notices that stay" ref={loudList}>
        {loud.slice(hidden).map((group, i) => (
          <Notice key={group.ids[0]} group={group} onPutAway={() => putAway(group, i)} />
        ))}
      </ol>
      {loud.length > 1 && (
        <p className="notices-foot">
          {loud.length > SHOWN && (
            <button type="button" className="small" aria-expanded={all} onClick={() => setAll(!all)} data-testid="notices-more">
              {all ? "Show the newest only" : `Show ${hidden} more`}
            </button>
          )}
          <button type="button" className="small" onClick={() => live.putAllNoticesAway()} data-tip="F2 does the same" data-testid="notices-clear">
            Put all away
          </button>
        </p>
      )}
    </section>
  );
}

function Notice({ group, onPutAway }: { readonly group: Alike; readonly onPutAway?: () => void }) {
  const { first, last, ids } = group;
  return (
    <li className={`notice notice-${last.tone}`} data-testid={`notice-${last.id}`}>
      <span>
        <span className="hint">{timeOfDay(last.at)}</span> {last.text}
        {ids.length > 1 && <span className="hint"> {`${ids.length} times since ${timeOfDay(first.at)}`}</span>} {last.code !== null && <code className="hint">{last.code}</code>}
      </span>
      {onPutAway && (
        <button type="button" className="quiet" aria-label="Put this notice away" onClick={onPutAway}>
          ✕
        </button>
      )}
    </li>
  );
}
