/** Of some frames, in milliseconds. */
export interface Times {
  /** How long each took, from its start until callbacks, layout and painting were done and other work could run, or the next one. */
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
  // Frames that are over before their message came: the next one began first.
  let overtaken = 0;
  let runs = false;
  return new Promise((resolve) => {
    const ended = () => {
      runs = false;
      times.push(performance.now() - (start ?? 0));
    };
    const frame = (at: number) => {
      if (runs) {
        ended();
        overtaken += 1;
      }
      if (times.length >= count) {
        after.port1.close();
        return resolve({ times, gaps });
      }
      if (start !== null) gaps.push(at - start);
      start = at;
      runs = true;
      each?.();
      after.port2.postMessage(null);
      requestAnimationFrame(frame);
    };
    after.port1.onmessage = () => {
      if (overtaken > 0) overtaken -= 1;
      else ended();
    };
    requestAnimationFrame(frame);
  });
}

const SCROLL_PX = 40;

/** Resolves after the frame that shows it. */
export function shown(isThere: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (isThere()) setTimeout(resolve);
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
}

/** Of the elements that match, those that are wholly in the window. */
export function inView(selector: string): readonly HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>(selector)].filter((element) => {
    const { top, bottom } = element.getBoundingClientRect();
    return top >= 0 && bottom <= innerHeight;
  });
}

/** The sample that so great a share of them lies below. */
export function quantile(samples: readonly number[], share: number): number | null {
  return samples.toSorted((a, b) => a - b)[Math.floor(samples.length * share)] ?? null;
}

/** Moves it on a little each time, down to its end and up again. */
export function scrolling(list: HTMLElement): () => void {
  let step = SCROLL_PX;
  return () => {
    const before = list.scrollTop;
    list.scrollTop += step;
    if (list.scrollTop === before) step = -step;
  };
}
