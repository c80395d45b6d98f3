import { useRef, useState } from "react";
import { Field } from "../../components/Field";
import { Modal } from "../../components/Modal";
import { isReason, ReasonField } from "../../components/ReasonField";
import { money } from "../../lib/format";
import { useValue } from "../../lib/value-store";
import { useMoment } from "../../live/clock";
import { useLive } from "../../live/context";
import { needing, type PlanOrder, type Work } from "./rebalancing";
import { salesLeftOut, totalsOf } from "./totals";
import { WithoutSales } from "./WithoutSales";
import { WorkLine } from "./WorkLine";

interface Props {
  /** Those that are ticked and previewed. */
  readonly orders: readonly PlanOrder[];
  /** All of the plan. */
  readonly plan: ReadonlyMap<string, PlanOrder>;
  readonly work: Work | null;
  readonly onSend: (orders: readonly PlanOrder[], typed: Readonly<Record<string, string>>, reasons: Readonly<Record<string, string>>) => void;
  readonly onStop: () => void;
  readonly onLeave: () => void;
}

/** The last look before the orders of a plan go out. Focus starts on going back. */
export function SendDialog({ orders: now, plan, work, onSend, onStop, onLeave }: Props) {
  const back = useRef<HTMLButtonElement>(null);
  // What the person confirms is what stood here when it opened.
  const [orders] = useState(now);
  const [without] = useState(() => salesLeftOut(plan.values(), now));
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({});
  const [reasons, setReasons] = useState<Readonly<Record<string, string>>>({});
  const linkUp = useValue(useLive().link)?.state === "up";
  const previews = orders.flatMap(({ standing }) => (standing.at === "ready" ? [standing.preview] : []));
  const expired = useMoment((moment) => previews.filter(({ expiresAt }) => moment >= expiresAt).length);
  const live = previews.some(({ paper }) => !paper);
  const asked = [...new Map(previews.flatMap(({ account, asksToType }) => (asksToType === null ? [] : [[account, asksToType] as const])))];
  const against = [...new Map(previews.flatMap(needing).map((finding) => [finding.rule, finding])).values()];
  const deliberate = asked.every(([account, wanted]) => (typed[account] ?? "").trim().toUpperCase() === wanted.toUpperCase());
  const reasoned = against.every(({ rule }) => isReason(reasons[rule] ?? ""));
  const sending = work?.doing === "sending";
  const simulated = previews.some((preview) => preview.simulated);
  const count = previews.length - expired;
  return (
    <Modal open onLeave={() => sending || onLeave()} title="Send these orders?" initialFocus={back} testId="send-dialog" tone={live ? "live" : "paper"}>
      <p className="confirm-mode" data-testid="send-mode">{live ? "LIVE: real money" : simulated ? "PAPER (simulated): no real money" : "PAPER: no real money"}</p>
      <ul className="send-accounts">
        {totalsOf(orders).map(({ account, currency, orders: many, sells, buys, commission }) => {
          const missing = without.get(account);
          return (
          <li key={account} data-testid={`send-${account}`}>
            <strong>{`${previews.find((preview) => preview.account === account)?.accountKind ?? ""} ${account}`}</strong>
            {`: ${many} ${many === 1 ? "order" : "orders"}; sales of ${money(sells)}, purchases of ${money(buys)} ${currency}; commission ${commission === null ? "not known" : `about ${money(commission)}`}`}
            {missing && <WithoutSales account={account} sales={missing} currency={currency} testId={`send-${account}-without-sales`} />}
          </li>
          );
        })}
      </ul>
      <ol className="send-list" data-testid="send-list">
        {previews.map((preview) => <li key={preview.id}>{preview.sentence}</li>)}
      </ol>
      {against.map((finding) => <ReasonField key={finding.rule} finding={finding} value={reasons[finding.rule] ?? ""} onChange={(text) => setReasons({ ...reasons, [finding.rule]: text })} />)}
      {asked.map(([account, wanted]) => (
        <Field key={account} label={`Type ${wanted}, the end of account ${account}, to send its orders`} value={typed[account] ?? ""} onChange={(event) => setTyped({ ...typed, [account]: event.target.value })} testId={`send-typed-${account}`} />
      ))}
      {expired > 0 && !sending && <p className="fault-note" role="alert" data-testid="send-expired">{`${expired} of the previews ${expired === 1 ? "has" : "have"} expired. Go back and preview again.`}</p>}
      {!linkUp && !sending && <p className="fault-note" role="alert">The link is not up. Nothing can be sent now.</p>}
      <div className="modal-actions">
        <WorkLine work={sending ? work : null} onStop={onStop} />
        <button ref={back} type="button" disabled={sending} onClick={onLeave} data-testid="send-back">Go back</button>
        <button type="button" className={live ? "primary live" : "primary"} disabled={work !== null || expired > 0 || count === 0 || !linkUp || !deliberate || !reasoned} onClick={() => onSend(orders, typed, reasons)} data-testid="send-go">
          {sending ? "Sending…" : `Send ${count} ${count === 1 ? "order" : "orders"}`}
        </button>
      </div>
    </Modal>
  );
}
