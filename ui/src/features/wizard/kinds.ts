import type { AccountKind } from "../../backend/backend";

export const KIND_WORDS: Record<AccountKind, string> = {
  individual: "Individual",
  joint: "Joint",
  rothIra: "Roth IRA",
  traditionalIra: "Traditional IRA",
  entity: "Company",
  trust: "Trust",
  unknown: "Unknown type",
};

const RETIREMENT: readonly AccountKind[] = ["rothIra", "traditionalIra"];
const ALL: readonly AccountKind[] = ["individual", "joint", "rothIra", "traditionalIra", "entity", "trust"];

/** What a person can say of an account of which the broker says this: nothing milder. The program judges it again. */
export function kindsOf(told: AccountKind): readonly AccountKind[] {
  return RETIREMENT.includes(told) ? RETIREMENT : ALL;
}
