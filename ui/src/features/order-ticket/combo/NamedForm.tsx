import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import type { PlanView, Right, Side } from "../../../backend/backend";
import { useBackend } from "../../../backend/context";
import { Choice } from "../../../components/Choice";
import { Field } from "../../../components/Field";
import { Pick } from "../../../components/Pick";
import { findLegs, type Found } from "./find";
import { fieldsOf, isCombination, legsOf } from "./named";

const RIGHTS = [
  { value: "call", label: "Calls", testId: "named-call" },
  { value: "put", label: "Puts", testId: "named-put" },
] as const;
const SIDES = [
  { value: "buy", label: "Buy it", testId: "named-buy" },
  { value: "sell", label: "Sell it", testId: "named-sell" },
] as const;

interface Props {
  /** Every strategy that has a name. */
  readonly plans: readonly PlanView[];
  readonly underlying: string;
  readonly onFound: (found: Extract<Found, { ok: true }>) => void;
}

type Said = { readonly field: string | null; readonly lines: readonly string[] };

/** A strategy by its name: expiries and strikes are typed, the options are looked up, and all or none of them become legs. */
export function NamedForm({ plans, underlying, onFound }: Props) {
  const backend = useBackend();
  const [id, setId] = useState("vertical");
  const [symbol, setSymbol] = useState(underlying);
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({});
  const [right, setRight] = useState<Right>("call");
  const [side, setSide] = useState<Side>("buy");
  const [said, setSaid] = useState<Said | null>(null);
  const [busy, setBusy] = useState(false);
  const turn = useRef(0);
  useEffect(
    () => () => {
      turn.current += 1;
    },
    [],
  );
  const combinations = plans.filter(isCombination);
  const strategy = combinations.find((one) => one.id === id) ?? combinations[0];
  if (!strategy) return null;
  /** What was being looked for is no longer what is meant. */
  const changed = <T,>(set: (value: T) => void) => (value: T) => {
    turn.current += 1;
    setBusy(false);
    setSaid(null);
    set(value);
  };
  const fill = async () => {
    const wanted = legsOf(strategy, { typed, right, side });
    const root = symbol.trim().toUpperCase();
    if (root === "") return setSaid({ field: "symbol", lines: ["Type the underlying's symbol."] });
    if (!wanted.ok) return setSaid({ field: wanted.field, lines: [wanted.says] });
    turn.current += 1;
    const mine = turn.current;
    setBusy(true);
    setSaid(null);
    const found = await findLegs(backend, root, wanted.legs);
    if (mine !== turn.current) return;
    setBusy(false);
    if (found.ok) onFound(found);
    else setSaid({ field: null, lines: found.says });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || !(event.target instanceof HTMLInputElement) || event.target.type !== "text") return;
    // Enter fills in here; it must not submit the ticket around it.
    event.preventDefault();
    void fill();
  };
  const noteOf = (name: string) => said?.field === name && <span role="alert">{said.lines[0]}</span>;
  const field = (name: string, label: string, value: string, onType: (text: string) => void, placeholder?: string) => (
    <Field key={name} type="text" label={label} value={value} placeholder={placeholder} onChange={(event) => changed(onType)(event.target.value)} onKeyDown={onKeyDown} fault={noteOf(name) || undefined} testId={`named-${name}`} />
  );
  return (
    <section className="ticket-section" aria-label="Strategy by name" data-testid="named">
      <Pick label="Strategy" options={combinations.map(({ id: value, label }) => ({ value, label }))} value={strategy.id} onChange={changed(setId)} testId="named-strategy" />
      <p className="hint block">
        {strategy.does}
        {side === "sell" && " Selling it turns every leg round."}
      </p>
      <div className="number-fields">
        {field("symbol", "Underlying", symbol, setSymbol, "AAPL")}
        {fieldsOf(strategy).map(({ name, label, kind }) => field(name, label, typed[name] ?? "", (text) => setTyped({ ...typed, [name]: text }), kind === "expiry" ? "2026-12-18" : undefined))}
      </div>
      <div className="named-choices">
        {strategy.choosesRight && <Choice label="Calls or puts" hideLabel options={RIGHTS} value={right} onChange={changed(setRight)} />}
        <Choice label="Bought or sold" hideLabel options={SIDES} value={side} onChange={changed(setSide)} />
      </div>
      {said?.field === null && (
        <ul className="warnings" role="alert" data-testid="named-missing">
          {said.lines.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
      <button type="button" className="small" disabled={busy} onClick={() => void fill()} data-testid="named-fill">
        {busy ? "Looking the legs up…" : "Fill in the legs"}
      </button>
    </section>
  );
}
