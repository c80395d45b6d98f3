import { useEffect, useState } from "react";
import { asBackendError, type ProfileDraft, type ProfileFault, type ProfilesView } from "../../backend/backend";
import { useBackend } from "../../backend/context";
import { useAsked } from "../../lib/use-asked";
import { useValue } from "../../lib/value-store";
import { useLive } from "../../live/context";

const NO_FAULTS: readonly ProfileFault[] = [];

/** The connection profiles, and what is done with them. */
export function useProfiles(onServeOther: () => void) {
  const backend = useBackend();
  const state = useValue(useLive().link)?.state;
  const [view, setView] = useState<ProfilesView | null>(null);
  const { ask, busy, error, setError } = useAsked();

  useEffect(() => {
    let late = false;
    backend.profiles().then(
      (profiles) => late || setView(profiles),
      (thrown: unknown) => late || setError(asBackendError(thrown).message),
    );
    return () => {
      late = true;
    };
    // Whether a connection is wanted changes with the link.
  }, [backend, state]);

  const take = async (asked: Promise<ProfilesView>) => {
    const profiles = await ask(asked);
    if (profiles) setView(profiles);
    return profiles;
  };

  return {
    view,
    error,
    busy,
    /** Keeps a profile; returns what can't be of it, or null when it could not be asked. */
    save: async (draft: ProfileDraft): Promise<readonly ProfileFault[] | null> => {
      const outcome = await ask(backend.saveProfile(draft));
      if (outcome?.type === "faulty") return outcome.faults;
      if (outcome) setView(outcome.profiles);
      return outcome ? NO_FAULTS : null;
    },
    forget: (id: string) => take(backend.deleteProfile(id)),
    connect: async (id: string) => {
      const before = view?.current;
      const later = view?.profiles.some(({ profile, later: due }) => profile.id === id && due);
      const profiles = await take(backend.connectProfile(id));
      if (profiles && (before !== id || later)) onServeOther();
    },
    disconnect: () => take(backend.disconnect()),
    openBeside: async (id: string) => {
      await ask(backend.openBeside(id));
    },
    again: () => take(backend.profiles()),
  };
}
