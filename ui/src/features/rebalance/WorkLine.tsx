import type { Work } from "./rebalancing";

const WORDS: Record<Work["doing"], string> = {
  finding: "Looking the symbols up",
  planning: "Reckoning",
  previewing: "Asking the rules and the gateway",
  sending: "Sending",
};

/** What is being done; what asks or sends can be stopped. */
export function WorkLine({ work, onStop }: { readonly work: Work | null; readonly onStop: () => void }) {
  return (
    <>
      <span className="hint" role="status" data-testid="rebalance-work">
        {work && `${WORDS[work.doing]}${work.of > 0 ? `: ${work.done + 1} of ${work.of}` : ""}…`}
      </span>
      {work && (work.doing === "previewing" || work.doing === "sending") && (
        <button type="button" className="small quiet" onClick={onStop} data-testid="rebalance-stop">
          Stop after this one
        </button>
      )}
    </>
  );
}
