import { type KeyboardEvent, type PointerEvent, type ReactNode, useState } from "react";
import { RegionContext } from "../live/context";
import { clampDock } from "./view";

interface Props {
  readonly width: number;
  readonly onWidth: (width: number) => void;
  readonly children: ReactNode;
}

const STEP = 16;
const REGION = {};

/** The dock on the right; its edge is dragged, or moved with the arrows. */
export function Dock({ width, onWidth, children }: Props) {
  const [dragged, setDragged] = useState<number | null>(null);
  const now = dragged ?? width;
  const move = (event: PointerEvent) => {
    if (dragged !== null) setDragged(clampDock(window.innerWidth - event.clientX));
  };
  const drop = () => {
    if (dragged !== null) onWidth(dragged);
    setDragged(null);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "ArrowLeft") onWidth(clampDock(width + STEP));
    if (event.key === "ArrowRight") onWidth(clampDock(width - STEP));
  };
  return (
    <aside className="dock" id="ticket-dock" aria-label="Order ticket" style={{ width: now }}>
      <div
        className="dock-edge"
        role="separator"
        aria-orientation="vertical"
        aria-label="Width of the order ticket"
        aria-valuenow={now}
        aria-valuemin={clampDock(0)}
        aria-valuemax={clampDock(Number.MAX_SAFE_INTEGER)}
        tabIndex={0}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          setDragged(width);
        }}
        onPointerMove={move}
        onPointerUp={drop}
        onPointerCancel={drop}
        onKeyDown={onKeyDown}
      />
      <div className="dock-body">
        <RegionContext value={REGION}>{children}</RegionContext>
      </div>
    </aside>
  );
}
