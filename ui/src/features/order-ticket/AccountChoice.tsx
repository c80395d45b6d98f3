import { useId } from "react";
import { ColourMark } from "../../components/ColourMark";
import { Figure } from "../../components/Figure";
import { MONEY } from "../../components/figure-shape";
import { useKeyed, useKeys, useLive } from "../../live/context";
import { accountKindWords } from "../../lib/words";
import { FaultNote } from "./FaultNote";
import type { Ticket, TicketState } from "./ticket";

/** The account comes first: everything else on the ticket is judged by it. */
export function AccountChoice({ ticket, state }: { readonly ticket: Ticket; readonly state: TicketState }) {
  const keys = useKeys(useLive().accounts);
  const name = useId();
  return (
    <fieldset className="account-choice" data-testid="ticket-account" data-value={state.draft.account}>
      <legend className="label">
        Account <span className="hint account-columns">net liquidation / available</span>
      </legend>
      {keys.length === 0 && <p className="hint block">No account is known yet.</p>}
      {keys.map((id) => (
        <AccountOption key={id} id={id} name={name} chosen={state.draft.account === id} onChoose={() => ticket.edit({ account: id })} />
      ))}
      <FaultNote ticket={ticket} state={state} field="account" />
    </fieldset>
  );
}

interface OptionProps {
  readonly id: string;
  readonly name: string;
  readonly chosen: boolean;
  readonly onChoose: () => void;
}

function AccountOption({ id, name, chosen, onChoose }: OptionProps) {
  const account = useKeyed(useLive().accounts, id);
  if (!account) return null;
  return (
    <label className="account-option" data-testid={`ticket-account-${id}`}>
      <input type="radio" name={name} checked={chosen} onChange={onChoose} />
      <span className="account-name">
        <ColourMark colour={account.colour} />
        {accountKindWords(account)}
        <span className="hint">{id}</span>
      </span>
      <span className="account-figures">
        <Figure figure={account.netLiquidation} shape={MONEY} why="The broker has not told the net liquidation value yet" />
        <Figure figure={account.availableFunds} shape={MONEY} why="The broker has not told the available funds yet" />
      </span>
    </label>
  );
}
