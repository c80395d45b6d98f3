import { useState } from "react";
import { timeOfDay } from "../../lib/dates";
import { useMoment } from "../../live/clock";
import { useLive } from "../../live/context";
import { useValue } from "../../lib/value-store";

const SHOWN = 3;
const QUIET_MS = 8000;

/** What the gateway has to say: the newest few. A quiet word leaves by itself; a loud one stays until it is put away. */
export function Notices() {
  const notices = useValue(useLive().notices);
  const [putAway, setPutAway] = useState<ReadonlySet<number>>(new Set());
  const fresh = useMoment((now) =>
    notices
      .filter(({ id, at, tone }) => !putAway.has(id) && (tone !== "quiet" || now - at < QUIET_MS))
      .slice(-SHOWN)
      .map(({ id }) => id)
      .join(" "),
  );
  const ids = new Set(fresh.split(" ").filter(Boolean).map(Number));
  return (
    <ol className="notices" aria-live="polite" aria-label="Notices" data-testid="notices">
      {notices
        .filter(({ id }) => ids.has(id))
        .map((notice) => (
          <li key={notice.id} className={`notice notice-${notice.tone}`} data-testid={`notice-${notice.id}`}>
            <span>
              <span className="hint">{timeOfDay(notice.at)}</span> {notice.text}
              {notice.code !== null && <code className="hint">{notice.code}</code>}
            </span>
            <button type="button" className="quiet" aria-label="Put this notice away" onClick={() => setPutAway(new Set(putAway).add(notice.id))}>
              ✕
            </button>
          </li>
        ))}
    </ol>
  );
}
