import { useEffect, useState } from "react";
import type { DraftInput } from "../../backend/backend";
import { useBackend } from "../../backend/context";
import { Modal } from "../../components/Modal";
import { useKeys, useLive } from "../../live/context";
import { type Answer, compareIn } from "./compare";
import { CompareRow } from "./CompareRow";

interface Props {
  readonly draft: DraftInput;
  readonly onChoose: (account: string) => void;
  readonly onLeave: () => void;
}

/** The same order in every account of the login, side by side. Nothing of it can be sent from here. */
export function CompareAccounts({ draft, onChoose, onLeave }: Props) {
  const backend = useBackend();
  const accounts = useKeys(useLive().accounts);
  const [answers, setAnswers] = useState<Readonly<Record<string, Answer>>>({});
  // The draft stands still while this is open.
  useEffect(() => {
    let left = false;
    void compareIn(backend, draft, accounts, (account, answer) => {
      if (!left) setAnswers((now) => ({ ...now, [account]: answer }));
    });
    return () => {
      left = true;
    };
  }, [backend, draft, accounts]);
  return (
    <Modal open onLeave={onLeave} title="The same order in each account" tone="wide" testId="compare-dialog">
      <table className="before-after compare">
        <caption className="hint">Previews only: nothing is sent. Choose the account that the ticket goes on with.</caption>
        <thead>
          <tr>
            <th scope="col">Account</th>
            <th scope="col">Verdict</th>
            <th scope="col">Commission</th>
            <th scope="col">Initial margin after</th>
            <th scope="col">Maintenance after</th>
            <th scope="col">Excess liquidity after</th>
            <th scope="col">
              <span className="vh">Choose</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {accounts.map((account) => (
            <CompareRow key={account} account={account} answer={answers[account] ?? null} isChosen={draft.account === account} onChoose={() => onChoose(account)} />
          ))}
        </tbody>
      </table>
      <div className="modal-actions">
        <button type="button" onClick={onLeave} data-testid="compare-close">
          Close
        </button>
      </div>
    </Modal>
  );
}
