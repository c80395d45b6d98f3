import { useId } from "react";
import type { OwnRow, OwnRuleWords } from "../../../backend/backend";
import { Field } from "../../../components/Field";
import { Pick } from "../../../components/Pick";
import { ABOUT, bareValue, opsOf, withFact } from "./own-form";
import { WordPicks } from "./WordPicks";

interface Props {
  readonly words: OwnRuleWords;
  readonly row: OwnRow;
  /** Where it stands, as faults name it: `0`, `1.2`. */
  readonly place: string;
  readonly faultAt: (key: string) => string | undefined;
  readonly onChange: (row: OwnRow) => void;
  readonly onRemove: () => void;
}

const EXAMPLES: Record<string, string> = { clock: "09:45", date: "2026-12-18", words: "GME, AMC" };

/** One comparison: a fact, how it is compared, and with what. */
export function ConditionRow({ words, row, place, faultAt, onChange, onRemove }: Props) {
  const fact = words.facts.find(({ key }) => key === row.fact);
  const nth = place.split(".").map((n) => Number(n) + 1).join(".");
  const choose = (key: string) => {
    const next = words.facts.find((each) => each.key === key);
    if (next) onChange(withFact(row, next, fact));
  };
  const facts = [{ value: "", label: "Choose a fact" }, ...words.facts.map(({ key, title, about }) => ({ value: key, label: title, hint: ABOUT[about] }))];
  const listed = useId();
  // A value may also be another number, or so many times it.
  const others = fact?.kind === "number" ? words.facts.filter(({ key, kind, unit }) => kind === "number" && unit === fact.unit && key !== fact.key) : [];
  const value = bareValue(row.value, fact);
  const fault = faultAt(`${place}.fact`) ?? faultAt(`${place}.op`);
  return (
    <div className="own-row" role="group" aria-label={`Condition ${nth}`} data-testid={`own-row-${place}`}>
      <Pick label={`Fact of condition ${nth}`} options={facts} value={row.fact} onChange={choose} testId={`own-fact-${place}`} />
      <Pick label={`Comparison of condition ${nth}`} options={opsOf(fact)} value={row.op} onChange={(op) => onChange({ ...row, op })} testId={`own-op-${place}`} disabled={!fact} />
      {fact?.kind === "choice" ? (
        <WordPicks label={`Value of condition ${nth}`} words={fact.words} value={row.value} fault={faultAt(`${place}.value`)} onChange={(value) => onChange({ ...row, value })} testId={`own-value-${place}`} />
      ) : (
        <Field
          label={`Value of condition ${nth}`}
          list={others.length > 0 ? listed : undefined}
          // Another fact brings its own unit, and the room is its name's.
          hint={/[a-z]/i.test(value) ? undefined : fact?.unit}
          placeholder={EXAMPLES[fact?.kind ?? ""] ?? ""}
          value={value}
          onChange={(event) => onChange({ ...row, value: event.target.value })}
          fault={faultAt(`${place}.value`)}
          disabled={!fact}
          testId={`own-value-${place}`}
        />
      )}
      {others.length > 0 && (
        <datalist id={listed} data-testid={`own-others-${place}`}>
          {others.map(({ key, title }) => (
            <option key={key} value={key} label={title} />
          ))}
        </datalist>
      )}
      <button type="button" className="small quiet" aria-label={`Remove condition ${nth}`} onClick={onRemove} data-testid={`own-remove-${place}`}>
        Remove
      </button>
      {fault && <p className="fault-note">{fault}</p>}
    </div>
  );
}
