import { money } from "../../lib/format";

interface Props {
  readonly account: string;
  /** What they come to. */
  readonly sales: string;
  readonly currency: string;
  readonly testId: string;
}

/** Purchases whose money the plan took from sales that stay behind. */
export function WithoutSales({ account, sales, currency, testId }: Props) {
  return <span className="plan-warning" data-testid={testId}>{`${account}: the purchases were planned with sales of ${money(sales)} ${currency} that do not go out. An account that may borrow could borrow for them.`}</span>;
}
