import type { CancelScope, OrderMend, OrderView } from "../../backend/backend";
import type { Typed } from "./row-change";

/** What leads from the blotter to elsewhere. */
export interface OrderActions {
  readonly onShowIntent: (intent: string) => void;
  /** Opens the dialog that counts before it cancels. */
  readonly onCancelMany: (scope: CancelScope) => void;
  /** Opens the ticket on a working order, to change it. */
  readonly onChange: (order: OrderView) => void;
  /** Previews a change of a working order that was typed in its row. */
  readonly onPreviewChange: (order: OrderView, typed: Typed) => void;
  /** Opens the ticket on an order that was refused, to make it anew. */
  readonly onMend: (order: OrderView, mend: OrderMend) => void;
}
