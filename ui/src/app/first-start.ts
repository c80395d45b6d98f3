import type { Backend } from "../backend/backend";

// For this window only: the page is begun anew once the first connection is served.
const NAME = "wizard-goes-on";

/** Remembers that the wizard was left in its middle, because the page has to be begun anew. */
export function goOnAfterwards(): void {
  sessionStorage.setItem(NAME, "types");
}

/** Whether the wizard is to be opened by itself, and where: where it was left, or at its beginning while no connection was ever set up. */
export async function wizardAtStart(backend: Backend): Promise<"have" | "types" | null> {
  if (sessionStorage.getItem(NAME) !== null) {
    sessionStorage.removeItem(NAME);
    return "types";
  }
  const { demo } = await backend.about();
  if (demo) return null;
  const { profiles, gatewayFixed, fault } = await backend.profiles();
  return profiles.length === 0 && !gatewayFixed && fault === null ? "have" : null;
}
