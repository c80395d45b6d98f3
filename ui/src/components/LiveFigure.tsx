import { useCallback, useContext, useLayoutEffect, useRef, useSyncExternalStore } from "react";
import type { Figure as FigureView } from "../backend/backend";
import { clock } from "../live/clock";
import { isStale, RegionContext, useLive } from "../live/context";
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

/** What stands in the document, and where. */
interface Shown {
  readonly node: HTMLElement;
  readonly shape: FigureShape;
  readonly value: string;
  readonly at: number | null;
}

/**
 * A figure that follows its store by itself. Most changes are of the number alone: that is written
 * into the document, and nothing is rendered. What stands around it is rendered when it changes.
 */
export function LiveFigure<V extends object>({ store, of, beside, read, shape, ticks = false, place }: Props<V>) {
  const live = useLive();
  const region = useContext(RegionContext);
  const box = useRef<HTMLSpanElement>(null);
  const number = useRef<HTMLSpanElement>(null);
  const shown = useRef<Shown | null>(null);
  const face = useRef<Face | null>(null);
  const rendered = useRef<Face | null>(null);

  const told = useCallback(() => read(store.get(of), beside === undefined ? undefined : store.get(beside)), [store, of, beside, read]);
  // The number is never given to React, so that there is only one that writes it.
  const write = useCallback(
    ({ figure }: Told) => {
      const node = box.current;
      if (!node || !number.current || !figure || figure.value === null) {
        shown.current = null;
        return;
      }
      const { value, at } = figure;
      const before = shown.current;
      const isNew = before?.node !== node;
      if (isNew || before.at !== at) {
        if (at === null) node.removeAttribute("data-at");
        else node.setAttribute("data-at", String(at));
      }
      // To make the text of a number costs more than to see that it is the same number.
      if (isNew || before.shape !== shape || before.value !== value) {
        setText(number.current, shape.write(value));
        node.dataset.value = value;
        if (ticks && before && before.value !== value) tint(node, before.value, value);
      }
      shown.current = { node, shape, value, at };
    },
    [shape, ticks],
  );
  const look = useCallback(
    (now: Told) => {
      const next = faceOf(now, shape, live);
      if (face.current === null || !sameFace(face.current, next)) face.current = next;
      return face.current;
    },
    [shape, live],
  );
  const subscribe = useCallback(
    (listener: () => void) => {
      const changed = () => {
        const now = told();
        write(now);
        // Seldom: there is nothing to render when only the number is another.
        if (look(now) !== rendered.current) listener();
      };
      const stops = [store.subscribe(of, changed, place, region), clock.subscribe(listener), live.link.subscribe(listener), live.remembered.subscribe(listener)];
      // What many figures hang on must not fall to one frame: each comes with its own row.
      if (beside !== undefined) stops.push(store.subscribe(beside, () => store.retell(of)));
      return () => stops.forEach((stop) => stop());
    },
    [store, of, beside, place, region, told, write, look, live],
  );
  const now = useSyncExternalStore(subscribe, () => look(told()));
  useLayoutEffect(() => {
    rendered.current = now;
    write(told());
  });

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

function setText(element: HTMLElement, text: string): void {
  const node = element.firstChild;
  if (!(node instanceof Text)) element.replaceChildren(text);
  else if (node.data !== text) node.data = text;
}
