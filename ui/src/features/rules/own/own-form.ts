import type { FactView, OwnJoin, OwnPart, OwnRow, OwnRuleForm, RuleFault } from "../../../backend/backend";

export const JOINS: readonly { readonly value: OwnJoin; readonly label: string }[] = [
  { value: "all", label: "all of these are so" },
  { value: "any", label: "any of these is so" },
  { value: "none", label: "none of these is so" },
];

export const ABOUT: Record<FactView["about"], string> = {
  order: "Order",
  option: "Option or future",
  account: "Account",
  position: "Position before the order",
  market: "Market",
  time: "Time",
};

const NUMBERS = [
  { value: ">", label: "is more than" },
  { value: ">=", label: "is at least" },
  { value: "<", label: "is less than" },
  { value: "<=", label: "is at most" },
  { value: "=", label: "is" },
  { value: "!=", label: "is not" },
];
const MOMENTS = [
  { value: "<", label: "is before" },
  { value: ">=", label: "is at or after" },
  { value: ">", label: "is after" },
  { value: "<=", label: "is at or before" },
  { value: "=", label: "is" },
  { value: "!=", label: "is not" },
];
const WORDS = [
  { value: "is", label: "is" },
  { value: "is not", label: "is not" },
];

/** How a fact can be compared. */
export function opsOf(fact: FactView | undefined) {
  if (fact?.kind === "choice" || fact?.kind === "words") return WORDS;
  return fact?.kind === "clock" || fact?.kind === "date" ? MOMENTS : NUMBERS;
}

export const EMPTY_ROW: OwnRow = { fact: "", op: ">", value: "" };

export const EMPTY_FORM: OwnRuleForm = {
  id: null,
  title: "",
  says: "",
  severity: "block",
  on: true,
  accounts: [],
  accountKinds: [],
  kinds: [],
  mode: null,
  from: "",
  until: "",
  join: "all",
  parts: [{ type: "row", row: EMPTY_ROW }],
};

/** What a new rule's text begins with. */
export const EXAMPLE = '[[own]]\nid = "my-rule"\ntitle = "My rule"\nseverity = "warn"\nwhen = { all = [\n    "order.value > 5000",\n    "time.of_day < 10:00",\n] }\n';

/** The row with another fact: a sign and a value that don't go with it are left behind. */
export function withFact(row: OwnRow, fact: FactView, before: FactView | undefined): OwnRow {
  const ops = opsOf(fact);
  const op = ops.some(({ value }) => value === row.op) ? row.op : (ops[0]?.value ?? "");
  const same = before?.kind === fact.kind && fact.kind !== "choice";
  return { fact: fact.key, op, value: same ? row.value : "" };
}

/** A number's value without the unit that stands beside its field. */
export function bareValue(value: string, fact: FactView | undefined): string {
  return fact?.kind === "number" && fact.unit !== "" && value.endsWith(` ${fact.unit}`) ? value.slice(0, -fact.unit.length - 1) : value;
}

export function at<T>(list: readonly T[], n: number, item: T | null): T[] {
  return list.flatMap((each, m) => (m === n ? (item === null ? [] : [item]) : [each]));
}

/** What of the faults is to be told before the person asked to keep the rule: not that something is still empty. */
export function tellable(faults: readonly RuleFault[], form: OwnRuleForm): readonly RuleFault[] {
  const rowAt = (place: string): OwnRow | undefined => {
    const [n, m] = place.split(".").map(Number);
    const part: OwnPart | undefined = form.parts[n ?? -1];
    return part?.type === "group" ? part.rows[m ?? -1] : part?.row;
  };
  return faults.filter(({ key }) => {
    if (key === "title") return form.title.trim() !== "";
    if (key === "when") return false;
    const row = key === null ? undefined : rowAt(key);
    if (key === null || !/^\d/.test(key)) return true;
    return row !== undefined && row.fact !== "" && row.value.trim() !== "";
  });
}
