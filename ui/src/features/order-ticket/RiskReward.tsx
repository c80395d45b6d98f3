import type { DraftInput, InstrumentView } from "../../backend/backend";
import { Unknown } from "../../components/Unknown";
import type { Decimal } from "../../lib/decimal";
import { money } from "../../lib/format";
import { outlookOf } from "./bracket";

interface Props {
  readonly draft: DraftInput;
  readonly entry: Decimal | null;
  readonly instrument: InstrumentView | null;
}

/** What the bracket risks and what it may bring, as it is typed. */
export function RiskReward({ draft, entry, instrument }: Props) {
  const { risk, reward, ratio, worst } = outlookOf(draft, entry, instrument);
  const currency = instrument?.currency ?? "";
  const sum = (value: string | null, why: string) => (value === null ? <Unknown why={why} /> : `${money(value)} ${currency}`);
  const withStop = draft.exits?.withStop ?? false;
  return (
    <dl className="facts outlook">
      <dt>Risk, at the stop</dt>
      <dd data-testid="bracket-risk" data-value={risk ?? undefined}>
        {sum(risk, withStop ? "It needs a quantity, an entry price and a stop beyond it" : "There is no stop")}
      </dd>
      <dt>Reward</dt>
      <dd data-testid="bracket-reward" data-value={reward ?? undefined}>
        {sum(reward, "It needs a quantity, an entry price and a take-profit beyond it")}
      </dd>
      <dt>Reward to risk</dt>
      <dd data-testid="bracket-ratio" data-value={ratio ?? undefined}>
        {ratio === null ? <Unknown why="It needs both a risk and a reward" /> : `${ratio} to 1`}
      </dd>
      <dt>Worst case</dt>
      <dd data-testid="bracket-worst" data-value={worst ?? undefined}>
        {draft.side === "sell" ? "no limit, if the price jumps past the stop" : worst === null ? <Unknown why="It needs a quantity and an entry price" /> : `${money(worst)} ${currency}, if the price jumps to zero`}
      </dd>
    </dl>
  );
}
