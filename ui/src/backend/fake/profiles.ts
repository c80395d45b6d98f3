import type { LinkHistoryView, Profile, ProfileDraft, ProfileFault, ProfileOutcome, ProfilesView } from "../bindings";

const PAPER: Profile = {
  id: "main",
  name: "Paper",
  host: "127.0.0.1",
  port: 4002,
  clientId: 17,
  takeOver: false,
  expects: "paper",
  readOnly: false,
  automatic: true,
  colour: "teal",
  restartAt: "23:45",
  accounts: [],
};

const LIVE: Profile = { ...PAPER, id: "live", name: "Live, to look", port: 4001, expects: "live", readOnly: true, automatic: false, colour: "purple" };

/** The profiles of a sample person: one served here, one not open. */
export class FakeProfiles {
  view: ProfilesView = {
    profiles: [PAPER, LIVE].map((profile) => ({ profile, here: profile.id === "main", elsewhere: false, later: false })),
    current: "main",
    connected: true,
    fixed: [],
    gatewayFixed: false,
    fault: null,
    notTaken: null,
    timeZone: "America/Chicago",
  };

  save(draft: ProfileDraft): ProfileOutcome {
    const faults: ProfileFault[] = [];
    if (draft.name.trim() === "") faults.push({ field: "name", says: "Give it a name." });
    if (!/^\d+$/.test(draft.port)) faults.push({ field: "port", says: "A port is a number from 1 to 65535." });
    if (faults.length > 0) return { type: "faulty", faults };
    const id = draft.id ?? draft.name.toLowerCase();
    const { port, clientId, restartAt, ...same } = draft;
    const profile: Profile = { ...same, id, port: Number(port), clientId: Number(clientId), restartAt: restartAt || null };
    const known = this.view.profiles.some((one) => one.profile.id === id);
    const profiles = known
      ? this.view.profiles.map((one) => (one.profile.id === id ? { ...one, profile, later: one.here && one.profile.port !== profile.port } : one))
      : [...this.view.profiles, { profile, here: false, elsewhere: false, later: false }];
    this.view = { ...this.view, profiles };
    return { type: "kept", id, profiles: this.view };
  }

  forget(id: string): ProfilesView {
    this.view = { ...this.view, profiles: this.view.profiles.filter(({ profile }) => profile.id !== id) };
    return this.view;
  }

  serve(id: string): ProfilesView {
    const profiles = this.view.profiles.map((one) => ({ ...one, here: one.profile.id === id, later: false }));
    this.view = { ...this.view, current: id, connected: true, profiles };
    return this.view;
  }

  letGo(): ProfilesView {
    this.view = { ...this.view, connected: false };
    return this.view;
  }

  openElsewhere(id: string): void {
    this.view = { ...this.view, profiles: this.view.profiles.map((one) => (one.profile.id === id ? { ...one, elsewhere: true } : one)) };
  }
}

export function linkHistoryOf(now: number): LinkHistoryView {
  const pings = Array.from({ length: 40 }, (_, i) => ({ at: now - (40 - i) * 30_000, took: 2 + ((i * 7) % 11) }));
  return {
    pings,
    medianMs: 7,
    longestMs: 12,
    gaps: [
      { from: now - 3_600_000, until: now - 3_540_000, why: "The gateway closed the connection.", restart: false, closed: false },
      { from: now - 40_000_000, until: now - 39_800_000, why: "The gateway closed the connection.", restart: true, closed: false },
    ],
    dropsToday: 1,
  };
}
