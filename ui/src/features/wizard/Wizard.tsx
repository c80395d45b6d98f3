import { useEffect, useRef, useState } from "react";
import { useBackend } from "../../backend/context";
import { useLive } from "../../live/context";
import { HaveStep } from "./HaveStep";
import { NameStep } from "./NameStep";
import { ProveStep } from "./ProveStep";
import { StartStep } from "./StartStep";
import { StepBar } from "./StepBar";
import { type Have, stepAfter, stepBefore, type StepId } from "./steps";
import { isOf, targetOf, targetOfLink, USUAL, type Target } from "./target";
import { TypesStep } from "./TypesStep";
import { useCheck } from "./use-check";
import { useSurroundings } from "./use-surroundings";

interface Props {
  readonly startAt: StepId;
  readonly onLeave: () => void;
  /** Another profile is served now: the page is to be begun anew. */
  readonly onServeOther: () => void;
}

/** From nothing to accounts on the screen; also the way to the name of a fault. */
export function Wizard({ startAt, onLeave, onServeOther }: Props) {
  const [step, setStep] = useState<StepId>(startAt);
  const [have, setHave] = useState<Have>("gateway");
  const backend = useBackend();
  const { link } = useLive();
  const [target, setTarget] = useState<Target>(() => targetOfLink(link.get()));
  const around = useSurroundings();
  const check = useCheck();
  const head = useRef<HTMLHeadingElement>(null);
  const isFirst = useRef(true);
  useEffect(() => {
    let late = false;
    const take = (clientId: number) => setTarget((now) => (now.clientId === USUAL.clientId ? { ...now, clientId: String(clientId) } : now));
    // A program that can't say so leaves the usual one.
    backend.about().then(({ clientId }) => late || take(clientId), () => undefined);
    return () => {
      late = true;
    };
  }, [backend]);
  // A new page is read from its beginning, whoever turned it.
  useEffect(() => {
    if (isFirst.current) isFirst.current = false;
    else head.current?.focus();
  }, [step]);

  useEffect(() => {
    // Wherever the focus is, but for what lies over the wizard: that takes its own Escape.
    const leave = (event: KeyboardEvent) => {
      const covered = document.querySelector('[role="dialog"], .pick-popup') !== null;
      if (event.key === "Escape" && !event.defaultPrevented && !covered) onLeave();
    };
    window.addEventListener("keydown", leave);
    return () => window.removeEventListener("keydown", leave);
  }, [onLeave]);

  const after = stepAfter(step);
  const before = stepBefore(step);
  return (
    <div className="screen wizard" data-testid="wizard" data-step={step}>
      <div className="wizard-head">
        <h1 ref={head} tabIndex={-1}>
          Connect to TWS or IB Gateway
        </h1>
        <button type="button" onClick={onLeave} data-testid="wizard-leave">
          Leave
        </button>
      </div>
      <StepBar step={step} onStep={setStep} />
      <div className="wizard-body">
        {step === "have" && (
          <HaveStep
            around={around}
            have={have}
            onHave={setHave}
            onCheck={(seen) => {
              setTarget(targetOf(seen, target));
              setStep("prove");
            }}
          />
        )}
        {step === "start" && <StartStep have={have} around={around.found} />}
        {step === "prove" && <ProveStep target={target} onTarget={setTarget} check={check} />}
        {step === "name" && <NameStep target={target} checked={isOf(target, check.of) ? (check.proof?.checked ?? null) : null} onProve={() => setStep("prove")} onTypes={() => setStep("types")} onServeOther={onServeOther} />}
        {step === "types" && <TypesStep />}
      </div>
      <div className="wizard-foot">
        {before && (
          <button type="button" onClick={() => setStep(before)} data-testid="wizard-back">
            Back
          </button>
        )}
        <span className="top-space" />
        {after ? (
          <button type="button" className="primary" onClick={() => setStep(after)} data-testid="wizard-next">
            Next
          </button>
        ) : (
          <button type="button" className="primary" onClick={onLeave} data-testid="wizard-done">
            Show the accounts
          </button>
        )}
      </div>
    </div>
  );
}
