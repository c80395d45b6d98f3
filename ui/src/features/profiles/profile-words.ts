import type { Expects, Profile, ProfileDraft, ProfileView } from "../../backend/backend";

/** A new profile as the form begins. */
export const FRESH: ProfileDraft = {
  id: null,
  name: "",
  host: "127.0.0.1",
  port: "4002",
  clientId: "17",
  takeOver: false,
  expects: "paper",
  readOnly: false,
  automatic: false,
  colour: null,
  restartAt: "",
  accounts: [],
};

/** A profile as it is typed. */
export function draftOf(profile: Profile): ProfileDraft {
  const { port, clientId, restartAt, ...same } = profile;
  return { ...same, port: String(port), clientId: String(clientId), restartAt: restartAt ?? "" };
}

const EXPECTS: Record<Expects, string> = { either: "Paper or live", paper: "Expects paper", live: "Expects live" };

/** What it is like, in a line. */
export function traitsOf({ profile }: ProfileView): string {
  return [
    `${profile.host}:${profile.port}`,
    `client id ${profile.clientId}`,
    EXPECTS[profile.expects],
    ...(profile.readOnly ? ["read-only"] : []),
    ...(profile.takeOver ? ["takes over orders made in TWS"] : []),
    ...(profile.automatic ? ["connects when Gatehouse starts"] : []),
    ...(profile.restartAt ? [`gateway restarts at ${profile.restartAt}`] : []),
  ].join(" · ");
}

/** Where it is open. */
export function standingOf({ here, elsewhere }: ProfileView, connected: boolean): string {
  if (elsewhere) return "Open in another window";
  if (!here) return "Not open";
  return connected ? "This window" : "This window, not connected";
}
