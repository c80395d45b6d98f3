import type { Backend } from "../backend/backend";
import type { ValueStore } from "../lib/value-store";
import type { Frames } from "../live/frames";
import { frames, inView, quantile, scrolling, shown, type Times } from "./frame-times";
import { measureChain, scrollChain } from "./measure-chain";
import type { View } from "./view";

const FRAMES_A_REPORT = 300;
// So many times its own rows, a plain copy is longer than the way that is scrolled before it turns.
const COPIES = 12;

/** For benchmarks: when the program asks for it, says when the portfolio is painted and then how long frames take. */
export async function measure(backend: Backend, view: ValueStore<View>, share: Frames): Promise<void> {
  const { report } = await backend.about();
  if (report === null) return;
  await shown(isTold);
  await backend.report({ type: "portfolioPainted" });
  if (report === "options") return measureChain(backend, view, share);
  if (report === "optionsScroll") return scrollChain(backend, view);
  if (report === "orders") {
    document.querySelector<HTMLElement>('[data-testid="nav-orders"]')?.click();
    await shown(() => document.querySelector(ORDERS) !== null);
  }
  for (;;) {
    const list = report === "orders" ? document.querySelector<HTMLElement>('[data-testid="orders-list"]') : null;
    const own = await frames(FRAMES_A_REPORT, list && scrolling(list));
    const rows = inView(report === "orders" ? ORDERS : POSITIONS).length;
    await backend.report({
      type: "frames",
      rows,
      figures: 0,
      changesPerS: 0,
      orders: Number(document.querySelector('[data-testid="orders-tab-all"]')?.textContent?.replace(/\D/g, "") ?? 0),
      count: own.times.length,
      p50: quantile(own.times, 0.5),
      p95: quantile(own.times, 0.95),
      gapP95: quantile(own.gaps, 0.95),
      bareP95: list && quantile((await bare(list)).times, 0.95),
    });
  }
}

const WORTHS = '[data-testid^="figure-"][data-testid$="-netLiquidation"]';
const POSITIONS = '[data-testid^="position-row-"]';
const ORDERS = '[data-testid^="order-row-"]';

/** Whether every account's worth is told, and positions. */
function isTold(): boolean {
  const worths = [...document.querySelectorAll<HTMLElement>(WORTHS)];
  return worths.length > 0 && worths.every(({ dataset }) => dataset.value !== undefined) && document.querySelector(POSITIONS) !== null;
}

/** The same over plain copies of the rows in the list's place, which nothing keeps up to date. */
async function bare(list: HTMLElement): Promise<Times> {
  const { top, left, width, height } = list.getBoundingClientRect();
  const copy = document.createElement("div");
  copy.className = list.className;
  Object.assign(copy.style, { position: "fixed", top: `${top}px`, left: `${left}px`, width: `${width}px`, height: `${height}px` });
  const rows = [...list.querySelectorAll<HTMLElement>("li")];
  for (let i = 0; i < COPIES; i += 1) {
    for (const row of rows) {
      const plain = row.cloneNode(true) as HTMLElement;
      plain.style.position = "static";
      copy.append(plain);
    }
  }
  list.style.visibility = "hidden";
  document.body.append(copy);
  try {
    return await frames(FRAMES_A_REPORT, scrolling(copy));
  } finally {
    copy.remove();
    list.style.visibility = "";
  }
}
