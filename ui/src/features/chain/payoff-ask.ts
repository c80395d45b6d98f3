import { useEffect, useState } from "react";
import { asBackendError, type PayoffInput, type PayoffView } from "../../backend/backend";
import { useBackend } from "../../backend/context";

// A slider that is dragged asks when it rests; afterwards the market moves on.
const SETTLE_MS = 120;
const RENEW_MS = 3000;

export interface Asked {
  readonly view: PayoffView | null;
  /** Why there is none, and whether it may be there when it is asked for again. */
  readonly error: { readonly says: string; readonly passes: boolean } | null;
  /** Whether the picture is that of other legs still: their figures are not to be shown. */
  readonly isOld: boolean;
}

/** The picture of what is asked, renewed while it is on show. The one of the legs before is told as such until it comes. */
export function usePayoff(input: PayoffInput): Asked {
  const backend = useBackend();
  const question = JSON.stringify(input);
  const about = JSON.stringify([input.legs, input.account]);
  const [answer, setAnswer] = useState<Omit<Asked, "isOld"> & { readonly about: string }>({ about: "", view: null, error: null });
  useEffect(() => {
    let late = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = async () => {
      try {
        const view = await backend.payoff(JSON.parse(question) as PayoffInput);
        if (!late) setAnswer({ about, view, error: null });
      } catch (thrown) {
        const { code, message } = asBackendError(thrown);
        // What can't be reckoned stays so while the question is the same.
        if (!late) setAnswer({ about, view: null, error: { says: message, passes: code !== "badInput" } });
      }
      if (!late) timer = setTimeout(() => void ask(), RENEW_MS);
    };
    timer = setTimeout(() => void ask(), SETTLE_MS);
    return () => {
      late = true;
      clearTimeout(timer);
    };
  }, [backend, question, about]);
  const isOld = answer.about !== about;
  return { view: answer.view, error: isOld ? null : answer.error, isOld };
}
