import type { LinkHistoryView } from "../../backend/backend";
import { timeOfDay } from "../../lib/dates";

const WIDTH = 420;
const HEIGHT = 48;

/** How long the gateway took to answer what time it is, over the last hour. */
export function Latency({ history: { pings, medianMs, longestMs } }: { readonly history: LinkHistoryView }) {
  const [first, last] = [pings[0], pings.at(-1)];
  const most = Math.max(10, longestMs ?? 0);
  const step = WIDTH / Math.max(1, pings.length);
  return (
    <section aria-labelledby="link-latency">
      <h3 id="link-latency">Answers of the gateway</h3>
      {first && last ? (
        <>
          <p data-testid="link-latency">
            Typically {millis(medianMs)}, at most {millis(longestMs)}.
          </p>
          <svg className="latency" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={`${pings.length} answers from ${timeOfDay(first.at)} to ${timeOfDay(last.at)}, at most ${millis(longestMs)}`}>
            {pings.map(({ at, took }, i) => {
              const height = Math.max(1, (took / most) * HEIGHT);
              return <rect key={at} x={i * step} y={HEIGHT - height} width={Math.max(1, step - 1)} height={height} />;
            })}
          </svg>
        </>
      ) : (
        <p className="hint block" data-testid="link-latency">The gateway is asked what time it is every half a minute; nothing has been asked yet.</p>
      )}
    </section>
  );
}

function millis(took: number | null): string {
  return took === null ? "not known" : took < 1 ? "less than 1 ms" : `${took} ms`;
}
