import { useEffect, useState } from "react";
import { asBackendError, type RulesView } from "../../backend/backend";
import { useBackend } from "../../backend/context";
import { Choice } from "../../components/Choice";

const RULE = "cash.no-borrowing";
const KEY = "trades_on";
const OPTIONS = [
  { value: "margin", label: "On margin" },
  { value: "cash", label: "In cash only" },
] as const;

/** Whether a taxable account borrows: a rule's setting for the account, as the Rules screen has it. */
export function CashChoice({ account }: { readonly account: string }) {
  const backend = useBackend();
  const [rules, setRules] = useState<RulesView | null>(null);
  const [error, setError] = useState<string | null>(null);
  useEffect(() => {
    backend.rules().then(setRules, (thrown: unknown) => setError(asBackendError(thrown).message));
  }, [backend]);
  if (!rules) return error ? <p className="fault-note">{error}</p> : null;
  const rule = rules.rules.find(({ id }) => id === RULE);
  if (!rule) return null;
  const setting = rule.settings.find((each) => each.account === account);
  const value = setting?.values.find(({ key }) => key === KEY)?.text === "cash" ? "cash" : "margin";
  const choose = (text: "margin" | "cash") => {
    setError(null);
    const others = (setting?.values ?? []).filter(({ key }) => key !== KEY);
    backend.setRule({ rule: RULE, account, weight: setting?.weight ?? null, values: text === "cash" ? [...others, { key: KEY, text }] : others, word: null }).then(
      (outcome) => {
        if (outcome.type === "kept") setRules(outcome.rules);
        else if (outcome.type === "asksWord") setError("That lets more through. Set it on the Rules screen, where a word is asked for it.");
        else setError(outcome.faults.map(({ says }) => says).join(" "));
      },
      (thrown: unknown) => setError(asBackendError(thrown).message),
    );
  };
  return (
    <div>
      <Choice label={`${account} trades`} options={OPTIONS} value={value} onChange={choose} testId={`wizard-cash-${account}`} />
      {error && <p className="fault-note" role="alert">{error}</p>}
    </div>
  );
}
