import { type KeyboardEvent, type PointerEvent, type RefObject, useState } from "react";

interface Props {
  readonly tray: RefObject<HTMLElement | null>;
  /** A share of the window's height, in percent. */
  readonly share: number;
  readonly onShare: (share: number) => void;
}

export const LEAST = 25;
export const MOST = 75;
const STEP = 5;

export function clampShare(share: number): number {
  return Math.round(Math.min(MOST, Math.max(LEAST, share)));
}

/** The upper edge of the tray: dragged, or moved with the arrows, to share the height with the chain. */
export function TrayEdge({ tray, share, onShare }: Props) {
  const [drags, setDrags] = useState(false);
  const move = (event: PointerEvent) => {
    const bottom = tray.current?.getBoundingClientRect().bottom;
    if (drags && bottom !== undefined) onShare(clampShare(((bottom - event.clientY) / window.innerHeight) * 100));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
    event.preventDefault();
    onShare(clampShare(share + (event.key === "ArrowUp" ? STEP : -STEP)));
  };
  return (
    <div
      className="tray-edge"
      role="separator"
      aria-orientation="horizontal"
      aria-label="Height of the legs and their payoff"
      aria-valuenow={share}
      aria-valuemin={LEAST}
      aria-valuemax={MOST}
      tabIndex={0}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        setDrags(true);
      }}
      onPointerMove={move}
      onPointerUp={() => setDrags(false)}
      onPointerCancel={() => setDrags(false)}
      onKeyDown={onKeyDown}
      data-testid="tray-edge"
    />
  );
}
