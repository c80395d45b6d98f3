import type { ReactNode } from "react";
import { typed } from "../lib/arithmetic";
import { stepped, stepsOfKey } from "../lib/stepping";
import { Field } from "./Field";

interface Props {
  readonly label: string;
  readonly value: string;
  readonly onType: (text: string) => void;
  readonly testId: string;
  readonly hint?: string;
  readonly aside?: ReactNode;
  readonly fault?: ReactNode;
  /** What an arrow key moves it by, Alt or Shift ten times that; null when it is not known. */
  readonly step: string | null;
  /** Decimals that a step leaves. */
  readonly places: number;
  /** Where the first arrow key leads from an empty field. */
  readonly start?: string | null;
  readonly disabled?: boolean;
  readonly placeholder?: string;
}

/** A number to type or to step with the arrow keys. */
export function StepField({ step, places, start = null, onType, ...field }: Props) {
  const size = step === null ? null : typed(step);
  return (
    <Field
      {...field}
      inputMode="decimal"
      onChange={(event) => onType(event.target.value)}
      onKeyDown={(event) => {
        const count = stepsOfKey(event);
        if (count === null || !size) return;
        event.preventDefault();
        const next = stepped(field.value, size, count, places, start);
        if (next !== null) onType(next);
      }}
    />
  );
}
