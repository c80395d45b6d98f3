import { useEffect, useState } from "react";
import { asBackendError, type GapView, type LinkHistoryView, type LinkView } from "../../backend/backend";
import { useBackend } from "../../backend/context";
import { Face } from "../../components/Face";
import { Modal } from "../../components/Modal";
import { dateAndTime, shortGap } from "../../lib/dates";
import { Latency } from "./Latency";

const AGAIN_MS = 5000;

/** How the link did lately: how fast the gateway answers, and when it was not there. */
export function LinkPanel({ link, onLeave, onWizard }: { readonly link: LinkView; readonly onLeave: () => void; readonly onWizard: () => void }) {
  const backend = useBackend();
  const [history, setHistory] = useState<LinkHistoryView | null>(null);
  const [error, setError] = useState<string | null>(null);
  useEffect(() => {
    let late = false;
    const ask = () =>
      backend.linkHistory().then(
        (told) => {
          if (late) return;
          setHistory(told);
          setError(null);
        },
        (thrown: unknown) => late || setError(asBackendError(thrown).message),
      );
    void ask();
    const timer = setInterval(() => void ask(), AGAIN_MS);
    return () => {
      late = true;
      clearInterval(timer);
    };
  }, [backend, link.state]);
  return (
    <Modal open onLeave={onLeave} title="The link lately" testId="link-panel">
      <p>{link.says}</p>
      {error && <Face kind="broken" title="Gatehouse can't say how the link did.">{error}</Face>}
      {!history && !error && <Face kind="loading" title="Asking how the link did." />}
      {history && <Latency history={history} />}
      {history && <Gaps gaps={history.gaps} today={history.dropsToday} />}
      <div className="modal-actions">
        <button
          type="button"
          onClick={() => {
            onLeave();
            onWizard();
          }}
          data-testid="link-wizard"
        >
          Check the connection…
        </button>
        <button type="button" onClick={onLeave} data-testid="link-panel-leave">
          Close
        </button>
      </div>
    </Modal>
  );
}

const SHOWN = 8;

function Gaps({ gaps, today }: { readonly gaps: readonly GapView[]; readonly today: number }) {
  return (
    <section aria-labelledby="link-gaps">
      <h3 id="link-gaps">Times without it</h3>
      <p className="hint block" data-testid="link-drops">
        {today === 0 ? "None in the last 24 hours" : `${today} in the last 24 hours`}, nightly restarts aside.
      </p>
      {gaps.length > 0 && (
        <ul className="gaps" data-testid="link-gaps">
          {gaps.slice(0, SHOWN).map((gap) => (
            <li key={gap.from}>
              <span className="number">{dateAndTime(gap.from)}</span> <span className="number">{lengthOf(gap)}</span> {gap.restart ? "Nightly restart." : gap.why}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function lengthOf({ from, until, closed }: GapView): string {
  if (until !== null) return shortGap(until - from);
  return closed ? "until Gatehouse closed" : "until now";
}
