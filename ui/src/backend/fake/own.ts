import type { OwnJoin, OwnRow, OwnRuleChoice, OwnRuleForm, OwnRuleInput, OwnRuleView, OwnTrialView, RuleFault, RuleOutcome, RulesView, Severity, TriedOrderView } from "../bindings";

const DOES: Record<Severity, string> = { inform: "Tells you", warn: "Warns", override: "Asks for a reason", block: "Blocks" };
const AND: Record<OwnJoin, string> = { all: " and ", any: " or ", none: "; " };

/** Orders of the past; each says what a rule makes of it when its value is told. */
export const ATTEMPTS: readonly TriedOrderView[] = [
  { at: Date.UTC(2026, 8, 21, 14, 13), account: "DU1000002", order: "Buy 100 AAPL at 180.00 or better", cleared: true, outcome: "speaks", says: "the order's value is 18,000.00" },
  { at: Date.UTC(2026, 8, 21, 14, 2), account: "DU1000001", order: "Sell 40 AAPL at 181.00 or better", cleared: false, outcome: "silent", says: "" },
  { at: Date.UTC(2026, 8, 18, 15, 30), account: "DU1000002", order: "Buy 5 MSFT at the market", cleared: true, outcome: "lacksFact", says: "not known of that moment: the order's value" },
  { at: Date.UTC(2026, 8, 17, 15, 30), account: "DU1000003", order: "Buy 1 SPY 18 Dec 26 600 C at 2.00 or better", cleared: true, outcome: "notConcerned", says: "" },
];

function faultOf({ fact, value }: OwnRow, place: string): RuleFault[] {
  if (fact === "") return [{ key: `${place}.fact`, says: "Choose what is compared." }];
  if (value.trim() === "") return [{ key: `${place}.value`, says: "A value is missing." }];
  if (fact === "order.value" && Number.isNaN(Number(value))) return [{ key: `${place}.value`, says: `"${value}" is no plain number; type it as 1000 or 2.5.` }];
  return [];
}

function faultsOf(form: OwnRuleForm): RuleFault[] {
  const title = form.title.trim() === "" ? [{ key: "title", says: "Give the rule a title." }] : [];
  const rows = form.parts.flatMap((part, n) => (part.type === "row" ? faultOf(part.row, String(n)) : part.rows.flatMap((row, m) => faultOf(row, `${n}.${m}`))));
  return [...title, ...rows];
}

/** A rule as the program shows it. */
export function viewOf(form: OwnRuleForm, id: string, version: number): OwnRuleView {
  const said = ({ fact, op, value }: OwnRow) => `${fact} ${op} ${value}`;
  const parts = form.parts.map((part) => (part.type === "row" ? said(part.row) : `(${part.rows.map(said).join(AND[part.join])})`));
  const sentence = `${DOES[form.severity]} when ${parts.join(AND[form.join])}.`;
  const scope = [...form.kinds, ...form.accountKinds, ...form.accounts, ...(form.mode ? [form.mode] : [])].join("; ");
  const text = `[[own]]\nid = "${id}"\ntitle = "${form.title}"\nseverity = "${form.severity}"\nwhen = "${parts.join(AND[form.join])}"\n`;
  return { id, title: form.title, sentence, severity: form.severity, on: form.on, version, scope: scope || null, from: form.from || null, until: form.until || null, inForce: true, text, form: { ...form, id } };
}

/** What an edited rule says; of text only whether it names a `when`. */
export function triedOwn(input: OwnRuleInput, attempts: readonly TriedOrderView[]): OwnTrialView {
  const nothing = { sentence: null, scope: null, text: null, form: null, tried: [] };
  if (input.type === "text") {
    if (!input.text.includes("when =")) return { ...nothing, faults: [{ key: null, says: "Line 1: the rule has no when." }] };
    return { ...nothing, faults: [], sentence: "Blocks when the order's value is more than 500.00.", text: input.text, tried: [...attempts] };
  }
  const faults = faultsOf(input.form);
  if (faults.length > 0) return { ...nothing, faults };
  const view = viewOf(input.form, input.form.id ?? "new", 1);
  return { faults, sentence: view.sentence, scope: view.scope, text: view.text, form: view.form, tried: [...attempts] };
}

/** What the program makes of a choice; turning off, deleting and a milder severity ask for the word. */
export function chosenOwn(view: RulesView, choice: OwnRuleChoice, word: string | null): RuleOutcome {
  const kept = (own: OwnRuleView[], looser: boolean): RuleOutcome =>
    looser && word?.toUpperCase() !== "LOOSEN" ? { type: "asksWord", says: ["Your rule lets more through."], word: "LOOSEN" } : { type: "kept", rules: { ...view, own } };
  if (choice.type === "delete") return kept(view.own.filter(({ id }) => id !== choice.id), view.own.some(({ id, on }) => id === choice.id && on));
  if (choice.type === "turn") return kept(view.own.map((rule) => (rule.id === choice.id ? { ...rule, on: choice.on } : rule)), !choice.on);
  const { input } = choice;
  if (input.type === "text") return kept([...view.own], false);
  const faults = faultsOf(input.form);
  if (faults.length > 0) return { type: "faulty", faults };
  const before = view.own.find(({ id }) => id === input.form.id);
  const id = input.form.id ?? input.form.title.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");
  const rule = viewOf(input.form, id, (before?.version ?? 0) + 1);
  const order: Severity[] = ["inform", "warn", "override", "block"];
  const milder = before !== undefined && order.indexOf(rule.severity) < order.indexOf(before.severity);
  return kept(before ? view.own.map((each) => (each.id === id ? rule : each)) : [...view.own, rule], milder);
}
