import { STEPS, type StepId } from "./steps";

/** Where one is, and the way to any other page. */
export function StepBar({ step, onStep }: { readonly step: StepId; readonly onStep: (step: StepId) => void }) {
  return (
    <nav aria-label="Steps of the wizard">
      <ol className="wizard-steps">
        {STEPS.map(({ id, title }, i) => (
          <li key={id}>
            <button type="button" aria-current={id === step ? "step" : undefined} onClick={() => onStep(id)} data-testid={`wizard-step-${id}`}>
              <span className="wizard-number">{i + 1}</span> {title}
            </button>
          </li>
        ))}
      </ol>
    </nav>
  );
}
