import { useLive } from "../../live/context";
import { accountKindWords } from "../../lib/words";
import { orders, type ScopeCount } from "./scope";

/** How many orders each account has in the scope. */
export function CancelCounts({ counts }: { readonly counts: readonly ScopeCount[] }) {
  const { accounts } = useLive();
  return (
    <dl className="facts" data-testid="cancel-counts">
      {counts.map(({ account, ours, others, underWay }) => {
        const view = accounts.get(account);
        const parts = [
          ours > 0 || others + underWay === 0 ? orders(ours) : "",
          others > 0 ? `${orders(others)} made elsewhere` : "",
          underWay > 0 ? `${orders(underWay)} being cancelled` : "",
        ];
        return [
          <dt key={account}>
            {view ? accountKindWords(view) : ""} {account}
          </dt>,
          <dd key={`${account}-count`} data-testid={`cancel-count-${account}`}>
            {parts.filter(Boolean).join(", ")}
          </dd>,
        ];
      })}
    </dl>
  );
}
