import type { ConditionKind, HandlingInput, OcaKind, Reaches } from "../../backend/backend";

export const OCA_WORDS: Record<OcaKind, string> = {
  cancelBlocked: "A fill cancels the others",
  reduceBlocked: "A fill reduces the others",
  reduce: "A fill reduces the others, which may over-fill",
};

/** What of the handling is not the usual, in one line; empty when nothing is. */
export function handlingWords({ outsideRth, hidden, displaySize, allOrNone, minQuantity, ocaGroup }: HandlingInput): string {
  const parts = [
    outsideRth && "also outside regular hours",
    hidden && "hidden",
    displaySize.trim() !== "" && `shows ${displaySize.trim()}`,
    allOrNone && "all or none",
    minQuantity.trim() !== "" && `at least ${minQuantity.trim()} at first`,
    ocaGroup.trim() !== "" && `in group ${ocaGroup.trim()}`,
  ];
  const words = parts.filter(Boolean).join(", ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export const CONDITION_WORDS: Record<ConditionKind, string> = {
  price: "Price",
  time: "Time",
  volume: "Volume of the day",
  percentChange: "Change of the day, in %",
  margin: "Margin cushion, in %",
  execution: "A trade in this account",
};

export function reachesWords(kind: ConditionKind, reaches: Reaches): string {
  if (kind === "time") return reaches === "atLeast" ? "is or is later than" : "is or is before";
  return reaches === "atLeast" ? "is at or above" : "is at or below";
}
