/** Of some frames, in milliseconds. */
export interface Times {
  /** How long each took, from its start until callbacks, layout and painting were done and other work could run. */
  readonly times: readonly number[];
  /** How long after the one before it each began. */
  readonly gaps: readonly number[];
}

/** Measures the next frames; `each` is done in every one of them. */
export function frames(count: number, each: (() => void) | null): Promise<Times> {
  const times: number[] = [];
  const gaps: number[] = [];
  const after = new MessageChannel();
  let start: number | null = null;
  return new Promise((resolve) => {
    const frame = (at: number) => {
      if (start !== null) gaps.push(at - start);
      start = at;
      each?.();
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
