import { useState } from "react";
import { useBackend } from "../../backend/context";
import { useLive } from "../../live/context";
import { askWhatIf, type WhatIfAnswer } from "./what-if";

/** The last step of the check list: whether a what-if is answered, asked as one of every order is. */
export function WhatIf({ accounts }: { readonly accounts: readonly string[] }) {
  const backend = useBackend();
  const live = useLive();
  const [answer, setAnswer] = useState<WhatIfAnswer | null>(null);
  const [busy, setBusy] = useState(false);
  const [account] = accounts;
  if (account === undefined) return null;
  const ask = async () => {
    setBusy(true);
    setAnswer(await askWhatIf(backend, (conId) => live.quotes.get(String(conId)), account));
    setBusy(false);
  };
  return (
    <div className="wizard-what-if">
      <button type="button" disabled={busy} onClick={() => void ask()} data-testid="wizard-what-if">
        {busy ? "Asking…" : "Ask what an order would do"}
      </button>
      <span data-testid="wizard-what-if-says" data-answer={answer?.type}>
        {answer ? answer.says : "One share of IBM, asked through your rules and IBKR's what-if, then let go. Nothing is placed."}
      </span>
    </div>
  );
}
