import type { MatchView, RebalanceFault, RebalanceField, RebalanceInput, TargetInput } from "../../backend/backend";
import { textOf, plus, typed } from "../../lib/arithmetic";
import { EMPTY_ROW } from "./form";
import { Pick } from "../../components/Pick";
import type { Rebalancing } from "./rebalancing";

interface Props {
  readonly form: RebalanceInput;
  readonly faults: readonly RebalanceFault[];
  readonly choices: Readonly<Record<string, readonly MatchView[]>>;
  readonly accounts: readonly string[];
  readonly rebalancing: Rebalancing;
}

const COLUMNS = [
  { key: "name", field: "name", label: "Symbol or #tag" },
  { key: "weight", field: "weight", label: "Weight %" },
  { key: "band", field: "band", label: "Band ±" },
] as const;

/** The wanted weights, a row for each. */
export function TargetsTable({ form, faults, choices, accounts, rebalancing }: Props) {
  const change = (at: number, patch: Partial<TargetInput>) => rebalancing.edit({ rows: form.rows.map((row, i) => (i === at ? { ...row, ...patch } : row)) });
  const faultOf = (at: number | null, field: RebalanceField) => faults.find((fault) => fault.row === at && fault.field === field)?.says;
  const none = faultOf(null, "name");
  return (
    <div className="targets-table">
      <table>
        <caption className="vh">Wanted weights</caption>
        <thead>
          <tr>
            {COLUMNS.map(({ key, label }) => <th key={key} scope="col">{label}</th>)}
            <th scope="col">Account</th>
            <th scope="col"><span className="vh">Remove</span></th>
          </tr>
        </thead>
        <tbody>
          {form.rows.map((row, at) => {
            const several = choices[row.name.trim().toUpperCase()];
            const said = [faultOf(at, "name"), faultOf(at, "weight"), faultOf(at, "band"), faultOf(at, "account")].filter((says) => says !== undefined);
            return (
              // A row has no name of its own: its place is what it is.
              // oxlint-disable-next-line react/no-array-index-key
              <tr key={at} data-testid={`target-${at}`}>
                {COLUMNS.map(({ key, field, label }) => (
                  <td key={key}>
                    <input
                      className={key === "name" ? "input" : "input number"}
                      aria-label={`${label}, row ${at + 1}`}
                      aria-invalid={faultOf(at, field) ? true : undefined}
                      aria-describedby={said.length > 0 ? `target-${at}-fault` : undefined}
                      autoComplete="off"
                      spellCheck={false}
                      inputMode={key === "name" ? undefined : "decimal"}
                      placeholder={key === "band" ? form.band : undefined}
                      value={row[key]}
                      onChange={(event) => change(at, { [key]: event.target.value })}
                      data-testid={`target-${at}-${key}`}
                    />
                  </td>
                ))}
                <td>
                  <Pick
                    label={`Account, row ${at + 1}`}
                    options={[{ value: "", label: form.spread === "household" ? "Household" : "Each account" }, ...[...new Set([...accounts, ...(row.account ? [row.account] : [])])].map((id) => ({ value: id, label: id }))]}
                    value={row.account}
                    onChange={(account) => change(at, { account })}
                    testId={`target-${at}-account`}
                  />
                </td>
                <td>
                  <button type="button" className="small quiet" aria-label={`Remove row ${at + 1}`} onClick={() => rebalancing.edit({ rows: form.rows.filter((_, i) => i !== at) })} data-testid={`target-${at}-remove`}>
                    ✕
                  </button>
                  {several && (
                    <Pick
                      label={`Which ${row.name}?`}
                      options={[{ value: "", label: "Which one?" }, ...several.map((match) => ({ value: String(match.conId), label: `${match.symbol} ${match.exchange} ${match.currency}`, hint: match.name ?? undefined }))]}
                      value=""
                      onChange={(conId) => conId !== "" && rebalancing.choose(row.name.trim().toUpperCase(), Number(conId))}
                      testId={`target-${at}-choice`}
                    />
                  )}
                  {said.length > 0 && <span className="fault" id={`target-${at}-fault`} data-testid={`target-${at}-fault`}>{said.join(" ")}</span>}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <div className="row">
        <button type="button" className="small" onClick={() => rebalancing.edit({ rows: [...form.rows, EMPTY_ROW] })} data-testid="target-add">
          Add a row
        </button>
        <span className="hint" data-testid="targets-sum">{sumWords(form.rows)}</span>
        {none && <span className="fault" role="alert" data-testid="targets-fault">{none}</span>}
      </div>
    </div>
  );
}

/** What the weights without an account add to; empty when one of them is no number. */
function sumWords(rows: readonly TargetInput[]): string {
  const weights = rows.filter(({ account, weight }) => account === "" && weight.trim() !== "").map(({ weight }) => typed(weight));
  const sum = weights.reduce((all, weight) => (all && weight ? plus(all, weight) : null), { units: 0n, scale: 0 });
  return sum && weights.length > 0 ? `Together ${textOf(sum)} %` : "";
}
