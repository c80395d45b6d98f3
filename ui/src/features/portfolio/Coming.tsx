import type { StrategyView } from "../../backend/backend";
import { useAll, useLive } from "../../live/context";
import { accountKindWords } from "../../lib/words";

interface Props {
  readonly keys: readonly string[];
}

const LOUDEST = ["alarm", "warning", "quiet"] as const;

/** What is coming to the strategies, the loudest first: when, what it does, what to do, and where that is written. */
export function Coming({ keys }: Props) {
  const { strategies, accounts } = useLive();
  const held = useAll(strategies, (all) => all.filter(({ key, warnings }) => warnings.length > 0 && keys.includes(key)), sameWarnings);
  const all = held.flatMap((strategy) => strategy.warnings.map((warning) => ({ strategy, warning })));
  if (all.length === 0) return null;
  all.sort((a, b) => LOUDEST.indexOf(a.warning.tone) - LOUDEST.indexOf(b.warning.tone) || (a.strategy.days ?? 0) - (b.strategy.days ?? 0));
  const who = (id: string) => {
    const account = accounts.get(id);
    return account ? accountKindWords(account) : id;
  };
  return (
    <section className="coming" aria-label="Coming up" tabIndex={0} data-testid="coming">
      <h3>Coming up</h3>
      <ul>
        {all.map(({ strategy, warning }) => (
          <li key={`${strategy.key} ${warning.kind} ${warning.says}`} data-tone={warning.tone} data-testid={`coming-${warning.kind}`}>
            <strong>{warning.title}</strong>
            <span>
              {strategy.underlying} {strategy.name}, {who(strategy.account)}. {warning.says} <span className="hint">{warning.source}.</span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function sameWarnings(a: readonly StrategyView[], b: readonly StrategyView[]): boolean {
  return a.length === b.length && a.every((one, i) => one.key === b[i]?.key && one.warnings === b[i]?.warnings);
}
