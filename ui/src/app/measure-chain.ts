// The page measures an option chain, for benchmarks.
import type { Backend } from "../backend/backend";
import { chooseChain, type ColumnId } from "../features/chain/choices";
import type { Range } from "../features/chain/range";
import type { ValueStore } from "../lib/value-store";
import type { Frames } from "../live/frames";
import { frames, inView, quantile, scrolling, shown, type Times } from "./frame-times";
import { show, type View } from "./view";

// An index: its options have so many figures before the point that each step moves them.
const SYMBOL = "SPX";
const COLUMNS: readonly ColumnId[] = ["bid", "ask", "mid", "theta", "vega"];
const FRAMES_A_REPORT = 300;
const BEAT_MS = 100;
const A_SECOND = 1000;
// Frames of a scroll, and the rest after it, in which the options then in sight get their lines.
const FRAMES_A_SCROLL = 60;
const REST_MS = 700;

const GRID = '[data-testid="chain-grid"]';
const ROWS = ".chain-row";
const FIGURES = ".chain-row [data-value]";

/** Forty strikes, and in turn plain copies of them whose text changes as often. */
export async function measureChain(backend: Backend, view: ValueStore<View>, share: Frames): Promise<void> {
  const list = await open(backend, view, "40");
  for (;;) {
    const changesPerS = await changes(list);
    const own = await frames(FRAMES_A_REPORT, null);
    const beside = await plain(list, share);
    await tell(backend, own, { figures: inView(FIGURES).length, changesPerS, bareP95: quantile(beside.times, 0.95) });
  }
}

/** Every strike, scrolled up and down with rests between. */
export async function scrollChain(backend: Backend, view: ValueStore<View>): Promise<void> {
  const list = await open(backend, view, "all");
  const scroll = scrolling(list);
  for (;;) {
    const own = await frames(FRAMES_A_SCROLL, scroll);
    await new Promise((resolve) => setTimeout(resolve, REST_MS));
    await tell(backend, own, { figures: inView(FIGURES).length, changesPerS: 0, bareP95: null });
  }
}

async function open(backend: Backend, view: ValueStore<View>, range: Range): Promise<HTMLElement> {
  const found = await backend.search(SYMBOL);
  const index = found.find(({ symbol }) => symbol === SYMBOL);
  if (!index) throw new Error(`there is no ${SYMBOL}`);
  chooseChain({ columns: COLUMNS, range });
  show(view, { screen: "options", underlying: index.conId });
  await shown(() => document.querySelector(FIGURES) !== null);
  const list = document.querySelector<HTMLElement>(GRID);
  if (!list) throw new Error("there is no table");
  return list;
}

function tell(backend: Backend, own: Times, more: { readonly figures: number; readonly changesPerS: number; readonly bareP95: number | null }): Promise<void> {
  return backend.report({
    type: "frames",
    rows: inView(ROWS).length,
    orders: 0,
    count: own.times.length,
    p50: quantile(own.times, 0.5),
    p95: quantile(own.times, 0.95),
    gapP95: quantile(own.gaps, 0.95),
    ...more,
  });
}

/** How many times text inside it changes in a second. */
async function changes(list: HTMLElement): Promise<number> {
  let count = 0;
  const observer = new MutationObserver((records) => (count += records.length));
  observer.observe(list, { characterData: true, subtree: true });
  const begun = performance.now();
  await new Promise((resolve) => setTimeout(resolve, A_SECOND));
  count += observer.takeRecords().length;
  observer.disconnect();
  return (count * A_SECOND) / (performance.now() - begun);
}

/** The frames of a plain copy in its place, each of whose figures is another number ten times a second. */
async function plain(list: HTMLElement, share: Frames): Promise<Times> {
  const { top, left, width, height } = list.getBoundingClientRect();
  const copy = list.cloneNode(true) as HTMLElement;
  Object.assign(copy.style, { position: "fixed", top: `${top}px`, left: `${left}px`, width: `${width}px`, height: `${height}px` });
  // The table itself keeps its size and its lines, and is neither laid out nor painted.
  list.style.setProperty("content-visibility", "hidden");
  document.body.append(copy);
  copy.scrollTop = list.scrollTop;
  const rows = [...copy.querySelectorAll(ROWS)].map((row, place) => {
    const texts = [...row.querySelectorAll("[data-value] .number")].map(({ firstChild }) => firstChild).filter((node) => node instanceof Text);
    return Object.assign(new Set([() => texts.forEach(turn)]), { region: copy, place });
  });
  const beat = setInterval(() => rows.forEach((row) => share.notify(row)), BEAT_MS);
  try {
    return await frames(FRAMES_A_REPORT, null);
  } finally {
    clearInterval(beat);
    copy.remove();
    list.style.removeProperty("content-visibility");
  }
}

/** Makes another number of the same length of it. */
function turn(text: Text): void {
  text.data = text.data.replace(/\d(?=\D*$)/, (last) => String((Number(last) + 1) % 10));
}
