import { useEffect, useState } from "react";
import { asBackendError, type OwnRuleWords } from "../../../backend/backend";
import { useBackend } from "../../../backend/context";

/** What own rules are made of; asked for once it is wanted. */
export function useWords() {
  const backend = useBackend();
  const [words, setWords] = useState<OwnRuleWords | null>(null);
  const [error, setError] = useState<string | null>(null);
  useEffect(() => {
    let late = false;
    backend.ownRuleWords().then(
      (view) => late || setWords(view),
      (thrown: unknown) => late || setError(asBackendError(thrown).message),
    );
    return () => {
      late = true;
    };
  }, [backend]);
  return { words, error };
}
