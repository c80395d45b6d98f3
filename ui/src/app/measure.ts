import type { Backend } from "../backend/backend";

const FRAMES_A_REPORT = 300;

/** For benchmarks: when the program asks for it, says when the portfolio is painted and then how long frames take. */
export async function measure(backend: Backend): Promise<void> {
  const { report } = await backend.about();
  if (!report) return;
  await painted();
  await backend.report({ type: "portfolioPainted" });
  for (;;) {
    const { times, gaps } = await frames(FRAMES_A_REPORT);
    await backend.report({
      type: "frames",
      rows: rowsInView(),
      count: times.length,
      p50: quantile(times, 0.5),
      p95: quantile(times, 0.95),
      gapP95: quantile(gaps, 0.95),
    });
  }
}

const WORTHS = '[data-testid^="figure-"][data-testid$="-netLiquidation"]';
const ROWS = '[data-testid^="position-row-"]';

/** Resolves after the frame that shows what every account is worth, and positions. */
function painted(): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (isTold()) setTimeout(resolve);
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
}

function isTold(): boolean {
  const worths = [...document.querySelectorAll<HTMLElement>(WORTHS)];
  return worths.length > 0 && worths.every(({ dataset }) => dataset.value !== undefined) && document.querySelector(ROWS) !== null;
}

function rowsInView(): number {
  return [...document.querySelectorAll(ROWS)].filter((row) => {
    const { top, bottom } = row.getBoundingClientRect();
    return top >= 0 && bottom <= innerHeight;
  }).length;
}

function quantile(samples: readonly number[], share: number): number | null {
  return samples.toSorted((a, b) => a - b)[Math.floor(samples.length * share)] ?? null;
}

/** How long each frame took in ms, from its start until callbacks, layout and painting were done and other work could run; and how long after the one before it began. */
function frames(count: number): Promise<{ readonly times: readonly number[]; readonly gaps: readonly number[] }> {
  const times: number[] = [];
  const gaps: number[] = [];
  const after = new MessageChannel();
  let start: number | null = null;
  return new Promise((resolve) => {
    const frame = (at: number) => {
      if (start !== null) gaps.push(at - start);
      start = at;
      after.port2.postMessage(null);
    };
    after.port1.onmessage = () => {
      times.push(performance.now() - (start ?? 0));
      if (times.length < count) requestAnimationFrame(frame);
      else {
        after.port1.close();
        resolve({ times, gaps });
      }
    };
    requestAnimationFrame(frame);
  });
}
