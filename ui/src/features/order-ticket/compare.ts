import { asBackendError, type Backend, type DraftInput, type PreviewOutcome } from "../../backend/backend";

/** What an account says to the draft; `null` while it is asked. */
export type Answer = PreviewOutcome | { readonly type: "error"; readonly message: string } | null;

/** Previews the same draft in each account. Every question has an intent of its own and is let go once answered: none of them can be sent. */
export function compareIn(backend: Backend, draft: DraftInput, accounts: readonly string[], onAnswer: (account: string, answer: Answer) => void): Promise<unknown> {
  return Promise.all(
    accounts.map(async (account) => {
      try {
        const outcome = await backend.preview({ ...draft, account, intent: crypto.randomUUID() });
        // A preview that is gone already needs no letting go.
        if (outcome.type === "ready") await backend.abandon(outcome.preview.id).catch(() => undefined);
        onAnswer(account, outcome);
      } catch (thrown) {
        onAnswer(account, { type: "error", message: asBackendError(thrown).message });
      }
    }),
  );
}

/** In a word, and why. */
export function verdictWords(answer: Answer): readonly [word: string, why: string] {
  if (answer === null) return ["Asking…", ""];
  switch (answer.type) {
    case "ready":
      return ["Would go", answer.preview.warnings.join(" ")];
    case "blocked":
      return ["Blocked", answer.verdict.findings.filter(({ outcome }) => outcome === "blocked" || outcome === "lacksFact").map(({ says }) => says).join(" ")];
    case "faulty":
      return ["Not complete", answer.faults.map(({ says }) => says).join(" ")];
    case "failed":
    case "error":
      return ["No answer", answer.message];
  }
}
