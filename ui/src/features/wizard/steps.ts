/** The wizard's pages, in order. */
export const STEPS = [
  { id: "have", title: "What you have" },
  { id: "start", title: "Get it, start it" },
  { id: "prove", title: "Prove it" },
  { id: "name", title: "Name it" },
  { id: "types", title: "Account types" },
] as const;

export type StepId = (typeof STEPS)[number]["id"];

export function stepAfter(step: StepId): StepId | null {
  return STEPS[STEPS.findIndex(({ id }) => id === step) + 1]?.id ?? null;
}

export function stepBefore(step: StepId): StepId | null {
  return STEPS[STEPS.findIndex(({ id }) => id === step) - 1]?.id ?? null;
}

export type Have = "tws" | "gateway" | "none" | "demo";
