import type { CancelScope } from "../backend/backend";
import { accountKindWords } from "../lib/words";
import type { Live } from "../live/live";

export const EVERYTHING: CancelScope = { type: "everything", othersToo: false };

/** What a cancel is about, as the dialog's head says it. */
export function cancelWords(scope: CancelScope, live: Live): string {
  const named = (id: string) => {
    const account = live.accounts.get(id);
    return account ? `${accountKindWords(account)} ${id}` : id;
  };
  switch (scope.type) {
    case "everything":
      return "all orders in all accounts";
    case "account":
      return `all orders in ${named(scope.account)}`;
    case "instrument": {
      const one = live.orders.values().find(({ instrument }) => instrument.conId === scope.conId);
      return `all ${one?.instrument.label ?? ""} orders in ${named(scope.account)}`;
    }
    case "family":
      return live.orders.values().some(({ family }) => family?.key === scope.key && family.role === "entry") ? "this bracket" : "this group";
  }
}
