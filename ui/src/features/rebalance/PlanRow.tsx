import type { OrderView, RebalanceRowView } from "../../backend/backend";
import { priceShape } from "../../components/figure-shape";
import { Figure } from "../../components/Figure";
import { Unknown } from "../../components/Unknown";
import { commission, DASH, formatDecimal, money, quantity } from "../../lib/format";
import { useMoment } from "../../live/clock";
import { useKeyed, useLive } from "../../live/context";
import { canTick, needing, type PlanOrder, previewOf, type Standing } from "./rebalancing";

interface Props {
  readonly row: RebalanceRowView;
  /** Undefined when there is no order. */
  readonly order: PlanOrder | undefined;
  readonly busy: boolean;
  readonly onTick: (ticked: boolean) => void;
}

/** An order with its reason, or why there is none. */
export function PlanRow({ row, order, busy, onTick }: Props) {
  const percent = (share: string | null) => (share === null ? DASH : formatDecimal(share, { places: 2 }));
  const name = `${row.symbol}${row.account ? `-${row.account}` : ""}`;
  const expired = useMoment((now) => order?.standing.at === "ready" && now >= order.standing.preview.expiresAt);
  // What became of it since is told here too, above all that it never arrived.
  const sent = useKeyed(useLive().orders, order?.standing.at === "sent" ? order.standing.order : "");
  const [word, why] = sent ? sentWords(sent) : standingWords(order?.standing, expired);
  const told = order ? previewOf(order.standing) : null;
  return (
    <tr data-testid={`plan-row-${name}`} data-standing={order ? (expired ? "expired" : order.standing.at) : "left"} className={order ? undefined : "plan-left"}>
      <td>
        {order && <input type="checkbox" aria-label={`${row.side} ${row.symbol} in ${row.account}`} checked={order.ticked} disabled={busy || !canTick(order)} onChange={(event) => onTick(event.target.checked)} data-testid={`plan-tick-${name}`} />}
      </td>
      <td>{row.account ?? DASH}</td>
      <th scope="row">
        <span className={`plan-order ${row.side ?? ""}`}>{row.quantity === null ? row.symbol : `${row.side === "sell" ? "Sell" : "Buy"} ${quantity(row.quantity)} ${row.symbol}`}</span>
        <span className="hint block" data-testid={`plan-why-${name}`}>{row.why}</span>
        {row.warnings.map((warning) => <span key={warning} className="plan-warning">{warning}</span>)}
      </th>
      <td className="number">
        <span className="block" data-testid={`plan-value-${name}`}>{row.value === null ? DASH : `${money(row.value)} ${row.baseCurrency ?? ""}`}</span>
        <span className="hint block">
          at <Figure figure={row.price} shape={priceShape(row.priceDecimals)} why="There is no price of it" unit={row.currency} />
        </span>
      </td>
      <td className="number">
        <span className="block">{row.before === row.after ? percent(row.before) : `${percent(row.before)} → ${percent(row.after)}`}</span>
        <span className="hint block">{`wanted ${percent(row.target)}`}</span>
      </td>
      <td className="number">
        {!order ? DASH : told?.commission ? `${commission(told.commission)} ${told.commissionCurrency ?? ""}` : row.commission === null ? <Unknown why="No tariff is known for this currency; the preview tells it" /> : `≈ ${commission(row.commission)} ${row.baseCurrency ?? ""}`}
      </td>
      <td className="plan-standing">
        <strong className={`standing-${order?.standing.at ?? "left"}`}>{word}</strong>
        {why !== "" && <span className="hint block">{why}</span>}
      </td>
    </tr>
  );
}

function sentWords({ state, says }: OrderView): readonly [word: string, why: string] {
  return [state === "unknown" || state === "notAtBroker" ? "Look it up" : state === "rejected" ? "Refused" : "Sent", says];
}

function standingWords(standing: Standing | undefined, expired: boolean): readonly [word: string, why: string] {
  switch (standing?.at) {
    case undefined:
      return ["", ""];
    case "planned":
      return ["", "Not asked yet"];
    case "asking":
      return ["Asking…", ""];
    case "ready":
      if (expired) return ["Expired", "Preview it again."];
      return [needing(standing.preview).length > 0 ? "Needs a reason" : "Would go", standing.preview.warnings.join(" ")];
    case "refused":
      return [standing.word, standing.why];
    case "sending":
      return ["Sending…", ""];
    case "sent":
      return ["Sent", standing.says];
    case "unsent":
      return ["Not sent", standing.why];
  }
}
