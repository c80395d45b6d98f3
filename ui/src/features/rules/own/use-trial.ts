import { useEffect, useState } from "react";
import { asBackendError, type OwnRuleInput, type OwnTrialView } from "../../../backend/backend";
import { useBackend } from "../../../backend/context";

const PAUSE_MS = 200;

/** What an edited rule says of itself and of the last orders, once the typing pauses. */
export function useTrial(input: OwnRuleInput) {
  const backend = useBackend();
  const [trial, setTrial] = useState<OwnTrialView | null>(null);
  const [error, setError] = useState<string | null>(null);
  // By content: the form is made anew with each key.
  const asked = JSON.stringify(input);
  useEffect(() => {
    let late = false;
    const pause = setTimeout(() => {
      backend.tryOwnRule(JSON.parse(asked) as OwnRuleInput).then(
        (view) => {
          if (late) return;
          setTrial(view);
          setError(null);
        },
        (thrown: unknown) => late || setError(asBackendError(thrown).message),
      );
    }, PAUSE_MS);
    return () => {
      late = true;
      clearTimeout(pause);
    };
  }, [backend, asked]);
  return { trial, error };
}
