import { useEffect, useState } from "react";
import { asBackendError, type OwnRuleChoice, type RuleChoice, type RuleFault, type RuleOutcome, type RulesView } from "../../backend/backend";
import { useBackend } from "../../backend/context";
import { useValue } from "../../lib/value-store";
import { useLive } from "../../live/context";

/** A change that lets more through, and waits for its word. */
export interface Asked {
  readonly says: readonly string[];
  readonly word: string;
  /** The same with the word. */
  readonly again: (word: string) => Promise<unknown>;
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

  /** Asks for a change to be in force; returns what can't be set. */
  const put = async (ask: (word: string | null) => Promise<RuleOutcome>, onKept?: () => void, word: string | null = null): Promise<readonly RuleFault[]> => {
    setError(null);
    try {
      const outcome = await ask(word);
      if (outcome.type === "faulty") return outcome.faults;
      if (outcome.type === "kept") {
        setView(outcome.rules);
        onKept?.();
      }
      setAsked(outcome.type === "asksWord" ? { says: outcome.says, word: outcome.word, again: (typed) => put(ask, onKept, typed) } : null);
    } catch (thrown) {
      setAsked(null);
      fail(thrown);
    }
    return NO_FAULTS;
  };

  const set = (choice: RuleChoice) => put((word) => backend.setRule({ ...choice, word }));
  const setOwn = (choice: OwnRuleChoice, onKept?: () => void) => put((word) => backend.setOwnRule(choice, word), onKept);

  const again = (rules: Promise<RulesView>) => {
    setError(null);
    return rules.then(setView, fail);
  };

  return { view, error, asked, set, setOwn, leave: () => setAsked(null), reread: () => again(backend.rereadRules()), restore: () => again(backend.restoreRules()) };
}
