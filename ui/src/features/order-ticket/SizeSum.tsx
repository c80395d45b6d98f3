import { SourceMark } from "../../components/SourceMark";
import { bothTimes, shortAge } from "../../lib/dates";
import { useMoment } from "../../live/clock";
import type { Sized } from "./size";
import type { SizeStep } from "./size-facts";
import { useMovesWith } from "./use-size-facts";

/** The sum line by line, each figure of the broker's with its age; then the size, or why there is none. */
export function SizeSum({ sized }: { readonly sized: Sized }) {
  return (
    <div role="status" data-testid="size-sum">
      {sized.sum.length > 0 && (
        <ol className="size-steps">
          {sized.sum.map((step) => (
            <Step key={step.says} step={step} />
          ))}
        </ol>
      )}
      {!sized.ok && <p className="hint block">{sized.why}</p>}
    </div>
  );
}

function Step({ step: { says, from } }: { readonly step: SizeStep }) {
  const at = from?.at ?? null;
  const age = useMoment((now) => (at === null ? "" : shortAge(now - at)));
  return (
    <li className="hint">
      {says}
      {from && at !== null && (
        <span className="size-age" data-tip={`Told ${bothTimes(at)}`}>
          {" ("}
          <SourceMark source={from.source} />
          {`${age} old)`}
        </span>
      )}
    </li>
  );
}

/** Positions that go the same way are one risk. */
export function MovesWith({ account, conId }: { readonly account: string; readonly conId: number | null }) {
  const told = useMovesWith(account, conId);
  if (told === null) return null;
  const lines = "why" in told ? [told.why] : [...told.with.map(({ says }) => says), ...told.notes];
  return (
    <ul className="size-steps" aria-label="What it moves with" data-testid="size-moves">
      {lines.map((line) => (
        <li key={line} className="hint">
          {line}
        </li>
      ))}
    </ul>
  );
}
