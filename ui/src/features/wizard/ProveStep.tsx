import { useRef } from "react";
import type { Checked, CheckInput } from "../../backend/backend";
import { Choice } from "../../components/Choice";
import { Face } from "../../components/Face";
import { Field } from "../../components/Field";
import { useValue } from "../../lib/value-store";
import { useKeys, useLive } from "../../live/context";
import { CheckList } from "./CheckList";
import { ReportBox } from "./ReportBox";
import { faultsOf, inputOf, isOf, type Target } from "./target";
import type { Check } from "./use-check";
import { WhatIf } from "./WhatIf";
import { tookWords } from "./wizard-words";

const EXPECTS = [
  { value: "either", label: "Either", testId: "wizard-expects-either" },
  { value: "paper", label: "Paper", testId: "wizard-expects-paper" },
  { value: "live", label: "Live", testId: "wizard-expects-live" },
] as const;

interface Props {
  readonly target: Target;
  readonly onTarget: (target: Target) => void;
  readonly check: Check;
}

/** The check list, live. */
export function ProveStep({ target, onTarget, check }: Props) {
  const live = useLive();
  const link = useValue(live.link);
  const ids = useKeys(live.accounts);
  const faults = faultsOf(target);
  const input = inputOf(target);
  const { steps, proof, running, stopped, error } = check;
  const isFresh = isOf(target, check.of);
  const isHere = link?.state === "up" && link.address.endsWith(`:${target.port.trim()}`);
  const wasRun = steps.length > 0 || error !== null;
  const verdict = useRef<HTMLDivElement>(null);
  const again = (wanted: CheckInput) => {
    // The button that was pressed goes with the fault.
    verdict.current?.focus();
    check.run(wanted);
  };
  return (
    <>
      <form
        className="wizard-target"
        onSubmit={(event) => {
          event.preventDefault();
          if (input && !running) check.run(input);
        }}
      >
        <Field label="Host" value={target.host} onChange={(event) => onTarget({ ...target, host: event.target.value })} testId="wizard-host" />
        <Field label="Socket port" value={target.port} inputMode="numeric" fault={faults.port} onChange={(event) => onTarget({ ...target, port: event.target.value })} testId="wizard-target-port" />
        <Field label="Client id" value={target.clientId} inputMode="numeric" fault={faults.clientId} onChange={(event) => onTarget({ ...target, clientId: event.target.value })} testId="wizard-client-id" />
        <Choice label="You expect" options={EXPECTS} value={target.expects} onChange={(expects) => onTarget({ ...target, expects })} testId="wizard-expects" />
        {running ? (
          <button type="button" onClick={check.stop} data-testid="wizard-stop">
            Stop
          </button>
        ) : (
          <button type="submit" className="primary" disabled={!input} data-testid="wizard-run">
            {wasRun ? "Try again" : "Run the checks"}
          </button>
        )}
      </form>
      <p className="hint block">The checks open a connection of their own, ask, and close it. No order is made, not even as a question.</p>
      {error && <Face kind="broken" title="The checks did not come to their end.">{error}</Face>}
      {steps.length === 0 && !running && !error && <Face kind="empty" title="Nothing has been checked yet.">Run the checks once TWS or IB Gateway is logged in.</Face>}
      <div ref={verdict} tabIndex={-1} role="status" className="wizard-verdict" data-testid="wizard-verdict" data-usable={proof && isFresh ? proof.checked.usable : undefined}>
        {running && "Checking…"}
        {stopped && check.of && !proof && "You stopped the checks. Below is how far they came."}
        {proof && isFresh && `${verdictWords(proof.checked)} All of it took ${tookWords(proof.checked.millis)}.`}
        {proof && !isFresh && check.of && `Below is what came of ${check.of.host}:${check.of.port} with client id ${check.of.clientId}. What stands above is something else, and has not been checked.`}
      </div>
      {steps.length > 0 && <CheckList steps={steps} onAgain={running || !input ? null : () => again(input)} />}
      {isHere && <WhatIf accounts={ids} />}
      {proof && <ReportBox text={proof.report} />}
    </>
  );
}

function verdictWords({ usable, steps }: Checked): string {
  if (!usable) return "This connection can't be used yet: see what failed below.";
  return steps.some(({ outcome }) => outcome.type === "limited") ? "This connection can be used, with the limits marked below." : "This connection can be used.";
}
