import type { OwnJoin, OwnPart, OwnRow, OwnRuleWords } from "../../../backend/backend";
import { Pick } from "../../../components/Pick";
import { ConditionRow } from "./ConditionRow";
import { at, EMPTY_ROW, JOINS } from "./own-form";

interface Props {
  readonly words: OwnRuleWords;
  readonly join: OwnJoin;
  readonly parts: readonly OwnPart[];
  readonly faultAt: (key: string) => string | undefined;
  readonly onChange: (join: OwnJoin, parts: OwnPart[]) => void;
}

/** When a rule speaks: comparisons, and groups of them. */
export function Conditions({ words, join, parts, faultAt, onChange }: Props) {
  const put = (n: number, part: OwnPart | null) => onChange(join, at(parts, n, part));
  const add = (part: OwnPart) => onChange(join, [...parts, part]);
  const row = (row: OwnRow, place: string, change: (row: OwnRow | null) => void) => (
    <ConditionRow key={place} words={words} row={row} place={place} faultAt={faultAt} onChange={change} onRemove={() => change(null)} />
  );
  return (
    <fieldset className="own-when">
      <legend className="label">It speaks when</legend>
      <Pick label="It speaks when" options={JOINS} value={join} onChange={(next) => onChange(next as OwnJoin, [...parts])} testId="own-join" />
      {parts.map((part, n) =>
        part.type === "row" ? (
          row(part.row, String(n), (next) => put(n, next && { type: "row", row: next }))
        ) : (
          <fieldset key={String(n)} className="own-group" data-testid={`own-group-${n}`}>
            <legend className="vh">Group {n + 1}</legend>
            <div className="row">
              <Pick label={`Group ${n + 1} holds when`} options={JOINS} value={part.join} onChange={(next) => put(n, { ...part, join: next as OwnJoin })} testId={`own-join-${n}`} />
              <button type="button" className="small quiet" onClick={() => put(n, { ...part, rows: [...part.rows, EMPTY_ROW] })} data-testid={`own-add-${n}`}>
                Add a condition
              </button>
              <button type="button" className="small quiet" aria-label={`Remove group ${n + 1}`} onClick={() => put(n, null)} data-testid={`own-ungroup-${n}`}>
                Remove
              </button>
            </div>
            {part.rows.map((each, m) => row(each, `${n}.${m}`, (next) => put(n, { ...part, rows: at(part.rows, m, next) })))}
            {faultAt(String(n)) && <p className="fault-note">{faultAt(String(n))}</p>}
          </fieldset>
        ),
      )}
      <div className="row">
        <button type="button" className="small" onClick={() => add({ type: "row", row: EMPTY_ROW })} data-testid="own-add">
          Add a condition
        </button>
        <button type="button" className="small" onClick={() => add({ type: "group", join: "any", rows: [EMPTY_ROW] })} data-testid="own-add-group">
          Add a group
        </button>
      </div>
    </fieldset>
  );
}
