import type { Backend } from "../backend/backend";

const EVERY_MS = 5000;
const SIGNS = ["pointerdown", "pointermove", "wheel", "keydown"] as const;

/** Tells the program that the window is used, so that it does not lock itself; at most every few seconds. */
export function tellUses(backend: Backend): void {
  let told = Number.NEGATIVE_INFINITY;
  const tell = () => {
    const now = performance.now();
    if (now - told < EVERY_MS) return;
    told = now;
    void backend.inUse().catch(() => undefined);
  };
  for (const sign of SIGNS) window.addEventListener(sign, tell, { capture: true, passive: true });
}
