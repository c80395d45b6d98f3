import type { PreviewView } from "../../backend/backend";

/** How long a preview stands, in whole seconds. The page's clock may be up to a second behind, and nothing is made in the future. */
export function secondsLeft({ madeAt, expiresAt }: Pick<PreviewView, "madeAt" | "expiresAt">, now: number): number {
  return Math.max(0, Math.ceil((expiresAt - Math.max(now, madeAt)) / 1000));
}
