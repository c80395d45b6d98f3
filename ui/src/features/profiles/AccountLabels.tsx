import type { ReactNode } from "react";
import type { AccountLabel } from "../../backend/backend";
import { ColourField } from "../../components/ColourField";
import { Field } from "../../components/Field";
import { useKeys, useLive } from "../../live/context";

interface Props {
  readonly labels: readonly AccountLabel[];
  /** The login that is up is this connection's. */
  readonly isHere: boolean;
  readonly fault: ReactNode;
  readonly onChange: (labels: AccountLabel[]) => void;
}

/** What the accounts are called: those that have a name, and those of the login that is up. */
export function AccountLabels({ labels, isHere, fault, onChange }: Props) {
  const known = useKeys(useLive().accounts);
  const here = isHere ? known : [];
  const ids = [...new Set([...labels.map(({ account }) => account), ...here])];
  const labelOf = (account: string): AccountLabel => labels.find((label) => label.account === account) ?? { account, nickname: "", colour: null };
  const set = (account: string, patch: Partial<AccountLabel>) => onChange(ids.map((id) => (id === account ? { ...labelOf(id), ...patch } : labelOf(id))));
  return (
    <fieldset className="account-labels">
      <legend className="label">What you call the accounts</legend>
      {ids.length === 0 && <p className="hint block">They can be named once this connection has shown them.</p>}
      {ids.map((id) => (
        <div key={id} className="account-label">
          <Field label={id} placeholder="No name" value={labelOf(id).nickname} onChange={(event) => set(id, { nickname: event.target.value })} testId={`label-${id}`} />
          <ColourField label={`Colour of ${id}`} value={labelOf(id).colour} onChange={(colour) => set(id, { colour })} testId={`label-${id}-colour`} />
        </div>
      ))}
      {fault}
    </fieldset>
  );
}
