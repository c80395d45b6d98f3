import { useEffect, useState } from "react";
import { asBackendError, type RuleChoice, type RuleFault, type RulesView } from "../../backend/backend";
import { useBackend } from "../../backend/context";
import { useValue } from "../../lib/value-store";
import { useLive } from "../../live/context";

/** A change that lets more through, and waits for its word. */
export interface Asked {
  readonly choice: RuleChoice;
  readonly says: readonly string[];
  readonly word: string;
}

const NO_FAULTS: readonly RuleFault[] = [];

/** The rules, and setting them. */
export function useRules() {
  const backend = useBackend();
  const revision = useValue(useLive().rules)?.revision ?? null;
  const [view, setView] = useState<RulesView | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [asked, setAsked] = useState<Asked | null>(null);
  const fail = (thrown: unknown) => setError(asBackendError(thrown).message);

  useEffect(() => {
    let late = false;
    backend.rules().then(
      (rules) => late || setView(rules),
      (thrown: unknown) => late || setError(asBackendError(thrown).message),
    );
    return () => {
      late = true;
    };
  }, [backend, revision]);

  /** Asks for a choice to be in force; returns what can't be set of it. */
  const set = async (choice: RuleChoice): Promise<readonly RuleFault[]> => {
    setError(null);
    try {
      const outcome = await backend.setRule(choice);
      if (outcome.type === "faulty") return outcome.faults;
      if (outcome.type === "kept") setView(outcome.rules);
      setAsked(outcome.type === "asksWord" ? { choice, says: outcome.says, word: outcome.word } : null);
    } catch (thrown) {
      setAsked(null);
      fail(thrown);
    }
    return NO_FAULTS;
  };

  const again = (rules: Promise<RulesView>) => {
    setError(null);
    return rules.then(setView, fail);
  };

  return { view, error, asked, set, leave: () => setAsked(null), reread: () => again(backend.rereadRules()), restore: () => again(backend.restoreRules()) };
}
