import { asBackendError, type Backend, type DraftInput, type FindingView, type PreviewView } from "../../backend/backend";

/** What the gateway's what-if says of the margin of the legs. */
export type MarginAnswer =
  | { readonly type: "told"; readonly preview: PreviewView }
  | { readonly type: "refused"; readonly why: string };

const blocking = (findings: readonly FindingView[]): string =>
  findings.filter(({ outcome }) => outcome === "blocked" || outcome === "lacksFact").map(({ says }) => says).join(" ");

/** Asks the rules, then the gateway, what one order of these legs would need. The preview is let go at once: it can't be sent. What the rules stop is asked no further, and is no attempt. */
export async function askMargin(backend: Backend, draft: DraftInput): Promise<MarginAnswer> {
  try {
    const check = await backend.check(draft);
    if (check.faults.length > 0) return { type: "refused", why: check.faults.map(({ says }) => says).join(" ") };
    const stopped = check.verdict ? blocking(check.verdict.findings) : "";
    if (stopped !== "") return { type: "refused", why: stopped };
    const outcome = await backend.preview(draft);
    switch (outcome.type) {
      case "ready":
        // A preview that is gone already needs no letting go.
        await backend.abandon(outcome.preview.id).catch(() => undefined);
        return { type: "told", preview: outcome.preview };
      case "blocked":
        return { type: "refused", why: blocking(outcome.verdict.findings) };
      case "faulty":
        return { type: "refused", why: outcome.faults.map(({ says }) => says).join(" ") };
      case "failed":
        return { type: "refused", why: outcome.message };
    }
  } catch (thrown) {
    return { type: "refused", why: asBackendError(thrown).message };
  }
}
