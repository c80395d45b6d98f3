import { Figure } from "../../components/Figure";
import type { GreeksTotalView } from "../../backend/backend";
import { useKeyed, useKeys, useLive } from "../../live/context";
import { accountKindWords } from "../../lib/words";
import { GREEKS, type NamedGreek } from "./greeks";

/** Greeks of all strategies: of every account and together, or of one account alone. */
export function GreeksTable({ account }: { readonly account: string | null }) {
  const live = useLive();
  const keys = useKeys(live.greeks);
  const of = (key: string) => live.greeks.get(key)?.account ?? null;
  const single = keys.filter((key) => of(key) !== null && (account === null || of(key) === account));
  const together = account === null && new Set(single.map(of)).size > 1 ? keys.filter((key) => of(key) === null) : [];
  return (
    <table className="greeks" data-testid="greeks">
      <caption className="vh">Greeks of the option strategies</caption>
      <thead>
        <tr>
          <th scope="col">Greeks</th>
          {GREEKS.map(({ name, title, tip }) => (
            <th key={name} scope="col" className="right" data-tip={tip}>{title}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {[...together, ...single].map((key) => (
          <TotalRow key={key} totalKey={key} />
        ))}
      </tbody>
    </table>
  );
}

function whyNot(total: GreeksTotalView, { name }: NamedGreek): string {
  const several = total.underlyings.length > 1 && (name === "delta" || name === "gamma");
  return several ? `Shares of ${total.underlyings.join(", ")} are not added to each other` : (total.greeks.lacks ?? "Not known yet");
}

function TotalRow({ totalKey }: { readonly totalKey: string }) {
  const { greeks, accounts } = useLive();
  const total = useKeyed(greeks, totalKey);
  const account = useKeyed(accounts, total?.account ?? "");
  if (!total) return null;
  const who = total.account === null ? "All accounts" : account ? accountKindWords(account) : total.account;
  return (
    <tr data-testid={`greeks-${totalKey}`}>
      <th scope="row" data-tip={total.account ?? undefined}>
        {who} <span className="hint">{total.currency}</span>
      </th>
      {GREEKS.map((named) => (
        <td key={named.name} className="right">
          <Figure figure={total.greeks[named.name]} shape={named.shape} why={whyNot(total, named)} testId={`greeks-${named.name}`} />
        </td>
      ))}
    </tr>
  );
}
