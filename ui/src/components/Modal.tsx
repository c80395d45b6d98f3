import { Dialog } from "@base-ui/react/dialog";
import type { ReactNode, RefObject } from "react";

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

export function Modal({ open, onLeave, title, children, initialFocus, testId, tone = "", hideTitle = false }: Props) {
  return (
    <Dialog.Root open={open} onOpenChange={(next) => next || onLeave()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="backdrop" />
        <Dialog.Popup className={`modal ${tone}`} initialFocus={initialFocus} data-testid={testId}>
          <Dialog.Title className={hideTitle ? "vh" : "modal-title"}>{title}</Dialog.Title>
          {children}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
