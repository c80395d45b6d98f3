import { type ReactNode, useState } from "react";
import { bothTimes, momentText, parseMoment, zoneName } from "../lib/dates";
import { Field } from "./Field";

interface Props {
  readonly label: string;
  /** Milliseconds since 1970. */
  readonly at: number | null;
  /** What was kept of a text that is no moment; it stays to be mended. */
  readonly unread?: string;
  /** The moment; null with an empty text when nothing is typed, and with the text when that is no moment. */
  readonly onMoment: (at: number | null, typed: string) => void;
  readonly fault?: ReactNode;
  readonly testId: string;
}

/** A date and time to type in the person's zone; the exchanges' time stands below. */
export function MomentField({ label, at, unread: kept = "", onMoment, fault, testId }: Props) {
  const [text, setText] = useState(at === null ? kept : momentText(at));
  // Something else may have put another moment there.
  const shown = parseMoment(text) === at ? text : at === null ? text : momentText(at);
  const unread = shown.trim() !== "" && parseMoment(shown) === null;
  return (
    <div className="moment">
      <Field
        label={label}
        hint={zoneName()}
        placeholder="as 2026-11-30 16:00"
        value={shown}
        onChange={(event) => {
          setText(event.target.value);
          onMoment(parseMoment(event.target.value), event.target.value.trim());
        }}
        fault={fault}
        testId={testId}
      />
      <p className="hint block">{unread ? "Type it as 2026-11-30 16:00." : at === null ? "" : bothTimes(at)}</p>
    </div>
  );
}
