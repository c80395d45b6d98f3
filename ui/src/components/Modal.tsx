import { Dialog } from "@base-ui/react/dialog";
import { type ReactNode, type RefObject, useEffect, useRef } from "react";

interface Props {
  readonly open: boolean;
  /** Asked for by Escape or a click outside; the opener decides. */
  readonly onLeave: () => void;
  readonly title: string;
  readonly children: ReactNode;
  /** Where focus starts: the safe choice. */
  readonly initialFocus?: RefObject<HTMLElement | null>;
  readonly testId?: string;
  readonly tone?: string;
  readonly hideTitle?: boolean;
}

// The second of two clicks that opened it: the pointer is beside the dialog by then.
const DOUBLE_CLICK_MS = 500;
// The dialog gives the focus back a moment after it is gone.
const GIVEN_BACK_MS = 60;

export function Modal({ open, onLeave, title, children, initialFocus, testId, tone = "", hideTitle = false }: Props) {
  const popup = useRef<HTMLDivElement>(null);
  const openedAt = useRef(0);
  useEffect(() => {
    if (!open) return;
    openedAt.current = performance.now();
    // Where what opened it went with it, one goes on from the screen, not from the window's beginning.
    const page = document;
    page.documentElement.dataset["dialog"] = "open";
    return () => {
      delete page.documentElement.dataset["dialog"];
      setTimeout(() => takeUp(page.getElementById("main")), GIVEN_BACK_MS);
    };
  }, [open]);
  return (
    <Dialog.Root
      open={open}
      onOpenChange={(next, { reason }) => {
        const hasty = reason === "outside-press" && performance.now() - openedAt.current < DOUBLE_CLICK_MS;
        if (!next && !hasty) onLeave();
      }}
    >
      <Dialog.Portal>
        <Dialog.Backdrop className="backdrop" />
        <Dialog.Popup
          ref={popup}
          className={`modal ${tone}`}
          initialFocus={initialFocus}
          // A button that can't be pressed while something is asked lets go of the focus: the dialog keeps it.
          onBlur={() => void setTimeout(() => takeUp(popup.current))}
          data-testid={testId}
        >
          <Dialog.Title className={hideTitle ? "vh" : "modal-title"}>{title}</Dialog.Title>
          {children}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** Takes the focus that nothing has. */
function takeUp(element: HTMLElement | null): void {
  if (element?.isConnected && element.ownerDocument.activeElement === element.ownerDocument.body) element.focus({ preventScroll: true });
}
