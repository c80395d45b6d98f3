import type { OwnRuleForm, OwnRuleWords } from "../../../backend/backend";
import { Field } from "../../../components/Field";
import { Pick } from "../../../components/Pick";
import { useKeys, useLive } from "../../../live/context";
import { WordPicks } from "./WordPicks";

interface Props {
  readonly words: OwnRuleWords;
  readonly form: OwnRuleForm;
  readonly faultAt: (key: string) => string | undefined;
  readonly onPut: (change: Partial<OwnRuleForm>) => void;
}

const MODES = [
  { value: "", label: "Paper and live" },
  { value: "paper", label: "Paper only" },
  { value: "live", label: "Live only" },
];

function listOf(text: string): string[] {
  return text.split(", ").filter((word) => word !== "");
}

/** Whom a rule is for, on which days, and in which words it speaks. */
export function OwnScope({ words, form, faultAt, onPut }: Props) {
  const { accounts } = useLive();
  const ids = useKeys(accounts);
  // Accounts of other logins that it is for already stay to be seen.
  const all = [...ids, ...form.accounts.filter((id) => !ids.includes(id))].map((id) => ({ value: id, label: `${accounts.get(id)?.kindWords ?? "Another login's"} ${id}` }));
  const isLimited = form.kinds.length + form.accountKinds.length + form.accounts.length > 0 || form.mode !== null || form.from !== "" || form.until !== "" || form.says !== "";
  return (
    <details className="own-scope" open={isLimited || undefined} data-testid="own-scope">
      <summary>Only for some orders, on some days, in other words</summary>
      <span className="label">Kinds of instruments; none chosen: all</span>
      <WordPicks label="Kinds of instruments" words={words.kinds} value={form.kinds.join(", ")} fault={undefined} onChange={(text) => onPut({ kinds: listOf(text) })} testId="own-kinds" />
      <span className="label">Types of accounts; none chosen: all</span>
      <WordPicks label="Types of accounts" words={words.accountKinds} value={form.accountKinds.join(", ")} fault={undefined} onChange={(text) => onPut({ accountKinds: listOf(text) })} testId="own-account-kinds" />
      {all.length > 2 && (
        <>
          <span className="label">Accounts; none chosen: all</span>
          <WordPicks label="Accounts" words={all} value={form.accounts.join(", ")} fault={undefined} onChange={(text) => onPut({ accounts: listOf(text) })} testId="own-accounts" />
        </>
      )}
      <div className="own-fields">
        <span className="field">
          <span className="label">Paper or live</span>
          <Pick label="Paper or live" options={MODES} value={form.mode ?? ""} onChange={(mode) => onPut({ mode: mode === "" ? null : (mode as "paper" | "live") })} testId="own-mode" />
        </span>
        <Field label="First day" placeholder="2026-01-01" value={form.from} onChange={(event) => onPut({ from: event.target.value })} fault={faultAt("from")} testId="own-from" />
        <Field label="Last day" placeholder="2026-12-31" value={form.until} onChange={(event) => onPut({ until: event.target.value })} fault={faultAt("until")} testId="own-until" />
        <Field label="What it says" hint="may stay empty" value={form.says} onChange={(event) => onPut({ says: event.target.value })} fault={faultAt("says")} testId="own-says" />
      </div>
    </details>
  );
}
