import type { Colour } from "../backend/backend";
import { Pick } from "./Pick";

const COLOURS = [
  ["blue", "Blue"],
  ["teal", "Teal"],
  ["green", "Green"],
  ["amber", "Amber"],
  ["orange", "Orange"],
  ["purple", "Purple"],
  ["pink", "Pink"],
  ["grey", "Grey"],
] as const satisfies readonly (readonly [Colour, string])[];

interface Props {
  readonly label: string;
  readonly value: Colour | null;
  readonly onChange: (colour: Colour | null) => void;
  readonly testId: string;
}

/** One of the colours, or none. */
export function ColourField({ label, value, onChange, testId }: Props) {
  const options = [{ value: "", label: "No colour" }, ...COLOURS.map(([colour, name]) => ({ value: colour, label: name }))];
  return (
    <span className="row">
      <Pick label={label} options={options} value={value ?? ""} onChange={(next) => onChange(COLOURS.find(([colour]) => colour === next)?.[0] ?? null)} testId={testId} />
      <span className={value === null ? "colour-mark" : `colour-mark colour-${value}`} aria-hidden="true" />
    </span>
  );
}
