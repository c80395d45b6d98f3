import type { CancelScope, OrderMend, OrderView } from "../../backend/backend";

/** What leads from the blotter to elsewhere. */
export interface OrderActions {
  readonly onShowIntent: (intent: string) => void;
  /** Opens the dialog that counts before it cancels. */
  readonly onCancelMany: (scope: CancelScope) => void;
  /** Opens the ticket on a working order, to change it. */
  readonly onChange: (order: OrderView) => void;
  /** Opens the ticket on an order that was refused, to make it anew. */
  readonly onMend: (order: OrderView, mend: OrderMend) => void;
}
