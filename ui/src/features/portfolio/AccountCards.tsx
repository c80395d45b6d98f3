import { ColourMark } from "../../components/ColourMark";
import { useKeyed, useLive } from "../../live/context";
import { accountKindWords } from "../../lib/words";
import { ACCOUNT_FIGURES, ALONE_FIGURES, NLV, PNL } from "./figures";
import { FigureItem } from "./FigureItem";

export function AccountCards({ ids }: { readonly ids: readonly string[] }) {
  return (
    <div className={ids.length === 1 ? "cards alone" : "cards"}>
      {ids.map((id) => (
        <AccountCard key={id} id={id} alone={ids.length === 1} />
      ))}
    </div>
  );
}

function AccountCard({ id, alone }: { readonly id: string; readonly alone: boolean }) {
  const account = useKeyed(useLive().accounts, id);
  if (!account) return null;
  return (
    <section className="card" aria-labelledby={`account-${id}`} data-testid={`account-card-${id}`}>
      <header className="card-head">
        <h2 id={`account-${id}`} data-tip={account.kindText ? `The broker calls it ${account.kindText}` : undefined}>
          <ColourMark colour={account.colour} />
          {accountKindWords(account)}
        </h2>
        <span className="hint" data-testid={`account-id-${id}`}>
          {id} {account.currency ?? "currency not told"}
        </span>
      </header>
      <dl>
        {[NLV, ...PNL].map((named) => (
          <FigureItem key={named.name} named={named} figure={account[named.name]} owner={id} />
        ))}
        {(alone ? ALONE_FIGURES : ACCOUNT_FIGURES).map((named) => (
          <FigureItem key={named.name} named={named} figure={account[named.name]} owner={id} />
        ))}
      </dl>
    </section>
  );
}
