import { useCallback, useLayoutEffect, useRef, useSyncExternalStore } from "react";
import type { Figure as FigureView } from "../backend/backend";
import { clock } from "../live/clock";
import { isStale, useLive } from "../live/context";
import type { KeyedStore } from "../live/keyed-store";
import type { Live } from "../live/live";
import { ageOf, type FigureShape, toneOf } from "./figure-shape";
import { SourceMark } from "./SourceMark";
import { tint } from "./tick";
import { Unknown } from "./Unknown";

/** What a store says of a figure. */
export interface Told {
  readonly figure: FigureView | null | undefined;
  /** Why there may be none. */
  readonly why: string;
}

interface Props<V extends object> {
  readonly store: KeyedStore<V>;
  readonly of: string;
  /** Another value of the store that the figure hangs on. */
  readonly beside?: string;
  /** Made once: a new one is a new figure. */
  readonly read: (value: V | undefined, beside: V | undefined) => Told;
  readonly shape: FigureShape;
  /** Whether a change tints it for a moment. */
  readonly ticks?: boolean;
  /** Its row in a long table. */
  readonly place?: number;
}

/** All of a figure but its number and moment. */
type Face = { readonly known: false; readonly why: string } | { readonly known: true; readonly tone: string; readonly age: string; readonly stale: boolean; readonly source: FigureView["source"] };

/**
 * A figure that follows its store by itself. Most changes are of the number alone: that is written
 * into the document, and nothing is rendered. What stands around it is rendered when it changes.
 */
export function LiveFigure<V extends object>({ store, of, beside, read, shape, ticks = false, place }: Props<V>) {
  const live = useLive();
  const box = useRef<HTMLSpanElement>(null);
  const number = useRef<HTMLSpanElement>(null);
  const shown = useRef<string | null>(null);
  const face = useRef<Face | null>(null);

  const told = useCallback(() => read(store.get(of), beside === undefined ? undefined : store.get(beside)), [store, of, beside, read]);
  // The number is never given to React, so that there is only one that writes it.
  const write = useCallback(() => {
    const { figure } = told();
    if (!box.current || !number.current || !figure || figure.value === null) {
      shown.current = null;
      return;
    }
    const { value, at } = figure;
    setAttribute(box.current, "data-at", at === null ? null : String(at));
    const text = shape.write(value);
    const node = number.current.firstChild;
    if (node instanceof Text) {
      if (node.data !== text) node.data = text;
    } else {
      number.current.replaceChildren(text);
    }
    if (shown.current === value) return;
    box.current.dataset.value = value;
    if (ticks && shown.current !== null) tint(box.current, shown.current, value);
    shown.current = value;
  }, [told, shape, ticks]);
  const subscribe = useCallback(
    (listener: () => void) => {
      const changed = () => {
        write();
        listener();
      };
      const stops = [store.subscribe(of, changed, place), clock.subscribe(listener), live.link.subscribe(listener), live.remembered.subscribe(listener)];
      // What many figures hang on must not fall to one frame: each comes with its own row.
      if (beside !== undefined) stops.push(store.subscribe(beside, () => store.retell(of)));
      return () => stops.forEach((stop) => stop());
    },
    [store, of, beside, place, write, live],
  );
  const now = useSyncExternalStore(subscribe, () => {
    const next = faceOf(told(), shape, live);
    if (face.current === null || !sameFace(face.current, next)) face.current = next;
    return face.current;
  });
  useLayoutEffect(write);

  if (!now.known) return <Unknown why={now.why} />;
  return (
    <span ref={box} className={`figure${now.tone}${now.age ? " old" : ""}`} data-stale={now.stale || undefined}>
      {now.age && <span className="age">{now.age}</span>}
      <SourceMark source={now.source} />
      <span ref={number} className="number" />
    </span>
  );
}

function faceOf({ figure, why }: Told, shape: FigureShape, live: Live): Face {
  if (!figure || figure.value === null) return { known: false, why };
  const stale = isStale(live);
  return { known: true, tone: toneOf(figure.value, shape), age: ageOf(figure.at, shape, stale, clock.now()), stale, source: figure.source };
}

function sameFace(a: Face, b: Face): boolean {
  if (a.known && b.known) return a.tone === b.tone && a.age === b.age && a.stale === b.stale && a.source === b.source;
  return !a.known && !b.known && a.why === b.why;
}

function setAttribute(element: HTMLElement, name: string, value: string | null): void {
  if (element.getAttribute(name) === value) return;
  if (value === null) element.removeAttribute(name);
  else element.setAttribute(name, value);
}
