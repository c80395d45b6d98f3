import type { RebalanceFault, RebalanceField, RebalanceInput } from "../../backend/backend";
import { CheckField } from "../../components/CheckField";
import { Choice } from "../../components/Choice";
import { Field } from "../../components/Field";

interface Props {
  readonly form: RebalanceInput;
  readonly faults: readonly RebalanceFault[];
  readonly accounts: readonly string[];
  readonly onEdit: (patch: Partial<RebalanceInput>) => void;
}

/** How the weights are brought about. */
export function OptionsForm({ form, faults, accounts, onEdit }: Props) {
  const faultOf = (field: RebalanceField) => faults.find((fault) => fault.field === field && (field === "tags" || fault.row === null))?.says;
  const tag = (at: number, patch: Partial<RebalanceInput["tags"][number]>) => onEdit({ tags: form.tags.map((each, i) => (i === at ? { ...each, ...patch } : each)) });
  return (
    <div className="rebalance-options">
      <Choice
        label="Rows without an account"
        options={[{ value: "household", label: "Over the household", testId: "spread-household" }, { value: "eachAccount", label: "In each account", testId: "spread-each" }]}
        value={form.spread}
        onChange={(spread) => onEdit({ spread })}
      />
      <Choice
        label="Stocks without a target"
        options={[{ value: "keep", label: "Stay", testId: "others-keep" }, { value: "sell", label: "Are sold", testId: "others-sell" }]}
        value={form.others}
        onChange={(others) => onEdit({ others })}
      />
      <Choice
        label="Orders"
        options={[{ value: "limit", label: "Limit at bid or offer", testId: "pricing-limit" }, { value: "market", label: "Market", testId: "pricing-market" }]}
        value={form.pricing}
        onChange={(pricing) => onEdit({ pricing })}
      />
      <div className="rebalance-numbers">
        <Field label="Usual band" hint="± %" inputMode="decimal" value={form.band} onChange={(event) => onEdit({ band: event.target.value })} fault={faultOf("usualBand")} testId="rebalance-band" />
        <Field label="Cash to keep" hint="each account" inputMode="decimal" placeholder="0" value={form.cashToKeep} onChange={(event) => onEdit({ cashToKeep: event.target.value })} fault={faultOf("cashToKeep")} testId="rebalance-cash" />
        <Field label="Least trade" hint="value" inputMode="decimal" placeholder="0" value={form.least} onChange={(event) => onEdit({ least: event.target.value })} fault={faultOf("least")} testId="rebalance-least" />
        <Field label="Locked symbols" hint="commas" value={form.lockedSymbols} onChange={(event) => onEdit({ lockedSymbols: event.target.value })} testId="rebalance-locked" />
      </div>
      <CheckField label="Parts of a share, where there are any" checked={form.fractions} onTurn={(fractions) => onEdit({ fractions })} testId="rebalance-fractions" />
      <fieldset className="choice">
        <legend className="label">Accounts left alone</legend>
        <div className="row">
          {accounts.map((id) => (
            <CheckField
              key={id}
              label={id}
              checked={form.lockedAccounts.includes(id)}
              onTurn={(locked) => onEdit({ lockedAccounts: locked ? [...form.lockedAccounts, id] : form.lockedAccounts.filter((other) => other !== id) })}
              testId={`rebalance-lock-${id}`}
            />
          ))}
        </div>
      </fieldset>
      <div className="rebalance-tags">
        <span className="label">Tags <span className="hint">“tax-inefficient” is bought in an IRA first, “roth” in a Roth IRA first</span></span>
        {form.tags.map(({ name, symbols }, at) => (
          // A tag has no name until it is typed: its place is what it is.
          // oxlint-disable-next-line react/no-array-index-key
          <div key={at} className="row">
            <input className="input tag-name" aria-label={`Tag ${at + 1}`} placeholder="bonds" autoComplete="off" spellCheck={false} value={name} onChange={(event) => tag(at, { name: event.target.value })} data-testid={`tag-${at}-name`} />
            <input className="input" aria-label={`Symbols of tag ${at + 1}`} placeholder="BND, AGG" autoComplete="off" spellCheck={false} value={symbols} onChange={(event) => tag(at, { symbols: event.target.value })} data-testid={`tag-${at}-symbols`} />
            <button type="button" className="small quiet" aria-label={`Remove tag ${at + 1}`} onClick={() => onEdit({ tags: form.tags.filter((_, i) => i !== at) })}>✕</button>
          </div>
        ))}
        {faultOf("tags") && <span className="fault" role="alert">{faultOf("tags")}</span>}
        <button type="button" className="small" onClick={() => onEdit({ tags: [...form.tags, { name: "", symbols: "" }] })} data-testid="tag-add">Add a tag</button>
      </div>
    </div>
  );
}
