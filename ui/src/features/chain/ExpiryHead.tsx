import { expiryWords } from "../../lib/expiry";
import { moveTip, moveWords } from "./expected";
import { daysWords, KINDS } from "./kinds";
import type { Group } from "./lines";

interface Props {
  readonly group: Group;
  readonly index: number;
  readonly top: number;
  /** How many columns it spans. */
  readonly columns: number;
}

/** The head of an expiry's rows, where several stand one under the other. */
export function ExpiryHead({ group, index, top, columns }: Props) {
  const { expiry, rows, listed, outlook, says } = group;
  const move = moveWords(outlook);
  const kind = KINDS[expiry.kind];
  return (
    <div role="row" aria-rowindex={index + 3} className="grid-row chain-expiry-head" style={{ top }} data-testid={`chain-head-${expiry.expiry}`}>
      <div role="rowheader" aria-colindex={1} aria-colspan={columns} className="grid-cell" style={{ gridColumn: "1 / -1" }}>
        <strong>{expiryWords(expiry.expiry)}</strong>{" "}
        <span>{daysWords(expiry.days)}</span>{" "}
        <span className="muted">{expiry.settled === expiry.expiry ? kind.words : `${kind.words}, settled on the morning of ${expiryWords(expiry.settled)}`}</span>{" "}
        {move !== null && (
          <span data-tip={moveTip(outlook)}>
            <span className="muted">expected </span>
            <span className="source-mark">≈</span>
            {move}
          </span>
        )}{" "}
        <span className="muted">{says ?? `${rows.length} of ${listed} strikes`}</span>
      </div>
    </div>
  );
}
