import { useEffect, useState } from "react";
import { bothTimes } from "../lib/dates";

interface Tip {
  readonly text: string;
  readonly left: number;
  readonly top: number;
  readonly above: boolean;
}

const CARRIERS = "[data-tip], [data-at]";
const DELAY_MS = 350;
const MARGIN = 8;
const WIDTH = 280;

function tipOf(target: EventTarget | null, deep: boolean): Tip | null {
  if (!(target instanceof Element)) return null;
  const element = target.closest<HTMLElement>(CARRIERS) ?? (deep ? target.querySelector<HTMLElement>(CARRIERS) : null);
  if (!element) return null;
  const { tip, at } = element.dataset;
  // Figures change often and are seldom pointed at: the words are made only then.
  const text = tip ?? `Received ${bothTimes(Number(at))}`;
  const box = element.getBoundingClientRect();
  const above = box.bottom + 80 > innerHeight;
  const left = Math.max(MARGIN, Math.min(box.left, innerWidth - WIDTH - MARGIN));
  return { text, left, top: above ? box.top - 4 : box.bottom + 4, above };
}

/** One tooltip for the whole page: whatever carries `data-tip`, or the moment of a figure, shows it when pointed at or focused. */
export function TipLayer() {
  const [tip, setTip] = useState<Tip | null>(null);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const show = (next: Tip | null, delay: number) => {
      clearTimeout(timer);
      if (next) timer = setTimeout(() => setTip(next), delay);
      else setTip(null);
    };
    const over = (event: Event) => show(tipOf(event.target, false), DELAY_MS);
    // What is pressed takes the focus too: its words would lie over what the press brings.
    let pressed = false;
    const focus = (event: Event) => !pressed && show(tipOf(event.target, true), DELAY_MS);
    const hide = () => show(null, 0);
    const press = () => {
      pressed = true;
      hide();
    };
    const release = () => {
      pressed = false;
    };
    document.addEventListener("pointerover", over);
    document.addEventListener("focusin", focus);
    document.addEventListener("pointerdown", press);
    document.addEventListener("pointerup", release);
    document.addEventListener("pointercancel", release);
    document.addEventListener("scroll", hide, true);
    document.addEventListener("keydown", hide);
    return () => {
      clearTimeout(timer);
      document.removeEventListener("pointerover", over);
      document.removeEventListener("focusin", focus);
      document.removeEventListener("pointerdown", press);
      document.removeEventListener("pointerup", release);
      document.removeEventListener("pointercancel", release);
      document.removeEventListener("scroll", hide, true);
      document.removeEventListener("keydown", hide);
    };
  }, []);
  if (!tip) return null;
  return (
    <div role="tooltip" className={tip.above ? "tip above" : "tip"} style={{ left: tip.left, top: tip.top, maxWidth: WIDTH }}>
      {tip.text}
    </div>
  );
}
