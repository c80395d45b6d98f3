import { useCallback, useEffect, useRef, useState } from "react";
import { asBackendError, type CheckInput, type CheckStepView, type ProofView } from "../../backend/backend";
import { useBackend } from "../../backend/context";

export interface Check {
  /** As far as they have come. */
  readonly steps: readonly CheckStepView[];
  readonly proof: ProofView | null;
  readonly running: boolean;
  /** The person ended it before its end. */
  readonly stopped: boolean;
  /** What they are of. */
  readonly of: CheckInput | null;
  readonly error: string | null;
  readonly run: (input: CheckInput) => void;
  readonly stop: () => void;
}

/** The check list as it runs. */
export function useCheck(): Check {
  const backend = useBackend();
  const [steps, setSteps] = useState<readonly CheckStepView[]>([]);
  const [proof, setProof] = useState<ProofView | null>(null);
  const [running, setRunning] = useState(false);
  const [stopped, setStopped] = useState(false);
  const [of, setOf] = useState<CheckInput | null>(null);
  const [error, setError] = useState<string | null>(null);
  // Only the newest check is heard.
  const turn = useRef(0);
  const run = useCallback(
    (input: CheckInput) => {
      turn.current += 1;
      const mine = turn.current;
      const isMine = () => turn.current === mine;
      setSteps([]);
      setStopped(false);
      setOf(input);
      setProof(null);
      setError(null);
      setRunning(true);
      backend
        .prove(input, (step) => isMine() && setSteps((before) => merged(before, step)))
        .then(
          (proven) => {
            if (!isMine()) return;
            setSteps(proven.checked.steps);
            setProof(proven);
          },
          (thrown: unknown) => isMine() && setError(asBackendError(thrown).message),
        )
        .finally(() => isMine() && setRunning(false));
    },
    [backend],
  );
  const stop = useCallback(() => {
    turn.current += 1;
    setRunning(false);
    setStopped(true);
    // What was being asked has no answer.
    setSteps((before) => before.filter(({ outcome }) => outcome.type !== "running"));
    void backend.stopProving().catch(() => undefined);
  }, [backend]);
  // Whoever leaves the wizard wants no check to go on.
  useEffect(() => stop, [stop]);
  return { steps, proof, running, stopped, of, error, run, stop };
}

function merged(before: readonly CheckStepView[], step: CheckStepView): readonly CheckStepView[] {
  return before.some((line) => line.step === step.step) ? before.map((line) => (line.step === step.step ? step : line)) : [...before, step];
}
