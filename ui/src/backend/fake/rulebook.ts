import type { ModeOnView, RuleChoice, RuleOutcome, RuleParamView, RuleSettingView, RulesView, RuleView } from "../bindings";

const most: RuleParamView = { key: "most", title: "The most shares or contracts in one order", unit: "quantity", usual: "1000", choices: [] };
const LIMIT: Omit<RuleView, "id" | "title" | "sentence"> = { group: "limits", source: "Gatehouse: your limit", from: null, until: null, inForce: true, scope: "Every order", changeable: "freely", usual: "block", weights: ["off", "inform", "warn", "override", "block"], params: [], settings: [] };

/** A few of the rules. */
export const RULES: readonly RuleView[] = [
  { ...LIMIT, id: "mode.stopped", title: "Trading is not stopped", sentence: "After trading was stopped no order goes out until a person lifts that.", group: "modes", source: "Gatehouse", changeable: "no", weights: [] },
  { ...LIMIT, id: "mode.read-only", title: "Read-only", sentence: "When on, no order goes out. Off until you turn it on.", group: "modes", usual: "off" },
  { ...LIMIT, id: "mode.closing-only", title: "Closing only", sentence: "When on, orders may only make positions smaller.", group: "modes", usual: "off" },
  { ...LIMIT, id: "ira.no-short-sale", title: "No short sale in an IRA", sentence: "An IRA can't sell more than it holds.", group: "accountType", source: "IBKR knowledge base: articles 188 and 2187", scope: "Roth IRA, traditional IRA", changeable: "stricter", weights: ["block"] },
  { ...LIMIT, id: "cap.quantity", title: "Order cap: quantity", sentence: "One order is for no more than the capped quantity.", params: [most] },
  { ...LIMIT, id: "limit.symbols", title: "Allowed and forbidden symbols", sentence: "Only symbols on your list are traded, and none on the other list.", params: [{ ...most, key: "allow", title: "Only these symbols", unit: "symbols", usual: null }, { ...most, key: "deny", title: "None of these symbols", unit: "symbols", usual: null }] },
];

/** The modes that are on over all accounts. */
export function modesOn({ rules }: RulesView): ModeOnView[] {
  return rules
    .filter(({ group, usual, settings }) => group === "modes" && usual === "off" && settings.some(({ account, weight }) => account === null && weight === "block"))
    .map(({ id, title }) => ({ rule: id, title, account: null, says: id === "mode.read-only" ? "no order goes out" : "orders only make positions smaller" }));
}

function numberOf(rule: RuleView, settings: readonly RuleSettingView[], key: string): number {
  return Number(settings.find(({ account }) => account === null)?.values.find((value) => value.key === key)?.text ?? rule.params.find((param) => param.key === key)?.usual ?? Infinity);
}

/** What the program makes of a choice; only numbers over all accounts are weighed. */
export function chosen(view: RulesView, choice: RuleChoice): RuleOutcome {
  const rule = view.rules.find(({ id }) => id === choice.rule);
  if (!rule) return { type: "faulty", faults: [{ key: null, says: "There is no such rule." }] };
  const values = choice.values.filter(({ text }) => text.trim() !== "");
  const faults = values.filter(({ key, text }) => rule.params.find((param) => param.key === key)?.unit === "quantity" && Number.isNaN(Number(text))).map(({ key, text }) => ({ key, says: `${text} is not a plain number. Type it as 1000 or 2.5.` }));
  if (faults.length > 0) return { type: "faulty", faults };
  const others = rule.settings.filter(({ account }) => account !== choice.account);
  const settings = choice.weight === null && values.length === 0 ? others : [...others, { account: choice.account, weight: choice.weight, values }];
  const wasOn = rule.settings.some(({ weight }) => weight === "block");
  const looser = rule.params.some(({ key }) => numberOf(rule, settings, key) > numberOf(rule, rule.settings, key)) || (rule.usual === "off" && wasOn && choice.weight === null);
  if (looser && choice.word?.toUpperCase() !== "LOOSEN") return { type: "asksWord", says: [`${rule.title}, over all accounts: more passes.`], word: "LOOSEN" };
  const accounts = settings.flatMap(({ account }) => account ?? []);
  return { type: "kept", rules: { ...view, accounts: [...new Set([...view.accounts, ...accounts])], rules: view.rules.map((each) => (each.id === rule.id ? { ...each, settings } : each)) } };
}
