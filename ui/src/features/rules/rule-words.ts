import type { OwnRuleView, RuleGroup, RuleParamView, RuleView, RuleWeight } from "../../backend/backend";

export const WEIGHTS: Record<RuleWeight, string> = {
  off: "Off",
  inform: "Informs",
  warn: "Warns",
  override: "Asks for a reason",
  block: "Blocks",
};

export const GROUPS: Record<RuleGroup, string> = {
  modes: "Modes",
  standing: "Before anything else",
  accountType: "Kind of account",
  limits: "Your limits",
  market: "Prices and market",
  taxes: "Taxes",
  dayTrading: "Day trading",
};

const UNITS: Record<RuleParamView["unit"], string> = {
  quantity: "",
  money: "base currency",
  percent: "%",
  count: "",
  seconds: "seconds",
  minutes: "minutes",
  days: "days",
  times: "times",
  symbols: "separated by commas",
  kinds: "separated by commas",
  choice: "",
};

export function unitWords(param: RuleParamView): string {
  return UNITS[param.unit];
}

/** What is set of a rule in a place. */
export function settingIn(rule: RuleView, account: string | null) {
  return rule.settings.find((setting) => setting.account === account);
}

/** How a rule weighs over all accounts. */
export function weightOf(rule: RuleView): RuleWeight {
  return settingIn(rule, null)?.weight ?? rule.usual;
}

/** Since when and until when it holds. */
export function datesOf({ from, until }: Pick<RuleView | OwnRuleView, "from" | "until">): string {
  if (from === null && until === null) return "Always";
  return [from === null ? "" : `from ${from}`, until === null ? "" : `until ${until}`].filter((part) => part !== "").join(" ");
}

export function matches(rule: RuleView, pattern: string): boolean {
  return speaksOf(`${rule.id} ${rule.title} ${rule.sentence} ${rule.source} ${rule.scope} ${GROUPS[rule.group]}`, pattern);
}

/** The same of a rule that the person wrote. */
export function matchesOwn(rule: OwnRuleView, pattern: string): boolean {
  return speaksOf(`${rule.id} ${rule.title} ${rule.sentence} ${rule.scope ?? ""} ${rule.text} your own rule`, pattern);
}

function speaksOf(said: string, pattern: string): boolean {
  const text = said.toLowerCase();
  return pattern
    .trim()
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
