import type { RebalanceInput, TargetInput } from "../../backend/backend";

export const EMPTY_ROW: TargetInput = { account: "", name: "", weight: "", band: "" };

/** What the form holds before anything was typed or kept. */
export const EMPTY_FORM: RebalanceInput = {
  rows: [EMPTY_ROW, EMPTY_ROW, EMPTY_ROW],
  tags: [],
  symbols: [],
  spread: "household",
  others: "keep",
  band: "1",
  cashToKeep: "",
  least: "100",
  fractions: false,
  pricing: "limit",
  lockedSymbols: "",
  lockedAccounts: [],
};

export function isBlank({ name, weight }: TargetInput): boolean {
  return name.trim() === "" && weight.trim() === "";
}

/** Every symbol that the form names, in capitals: of rows and of tags. */
export function symbolsOf({ rows, tags }: RebalanceInput): readonly string[] {
  const named = rows.map(({ name }) => name).filter((name) => !name.trim().startsWith("#"));
  const tagged = tags.flatMap(({ symbols }) => symbols.split(/[,;\n]/));
  return [...new Set([...named, ...tagged].map((symbol) => symbol.trim().toUpperCase()))].filter((symbol) => symbol !== "");
}
