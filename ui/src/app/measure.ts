import type { Backend } from "../backend/backend";

const FRAMES_A_REPORT = 300;

/** For benchmarks: when the program asks for it, says when the portfolio is painted and then how long frames take. */
export async function measure(backend: Backend): Promise<void> {
  const { report } = await backend.about();
  if (!report) return;
  await painted();
  await backend.report({ type: "portfolioPainted" });
  for (;;) {
    const times = (await frameTimes(FRAMES_A_REPORT)).toSorted((a, b) => a - b);
    const at = (share: number) => times[Math.floor(times.length * share)] ?? null;
    await backend.report({ type: "frames", count: times.length, p50: at(0.5), p95: at(0.95) });
  }
}

function painted(): Promise<void> {
  const root = document.documentElement;
  return new Promise((resolve) => {
    const look = () => {
      if (!root.dataset.portfolio) return;
      observer.disconnect();
      resolve();
    };
    const observer = new MutationObserver(look);
    observer.observe(root, { attributes: true });
    look();
  });
}

/** How long each frame took in ms: from its start until callbacks, layout and painting were done and other work could run. */
function frameTimes(count: number): Promise<readonly number[]> {
  const times: number[] = [];
  const after = new MessageChannel();
  let start = 0;
  return new Promise((resolve) => {
    const frame = (at: number) => {
      start = at;
      after.port2.postMessage(null);
    };
    after.port1.onmessage = () => {
      times.push(performance.now() - start);
      if (times.length < count) requestAnimationFrame(frame);
      else {
        after.port1.close();
        resolve(times);
      }
    };
    requestAnimationFrame(frame);
  });
}
