import type { Figure as FigureView, VolatilityRankView } from "../../backend/backend";
import { Figure } from "../../components/Figure";
import { AGELESS_PERCENT, percent } from "./shapes";

interface Props {
  readonly rank: VolatilityRankView | null;
  /** Why there is no history. */
  readonly refused: string | null;
}

/** Where the implied volatility stands among that of a year's days. */
export function VolatilityRank({ rank, refused }: Props) {
  const span = rank?.low && rank.high ? `, which went from ${percent(rank.low)} to ${percent(rank.high)}` : "";
  const over = rank ? `${rank.days} days${span}` : "a year";
  const few = rank ? `there is not enough history for it: ${over}` : (refused ?? "the history of a year has not come yet");
  const still = rank?.percentile.value != null ? `it stood still over ${over}` : few;
  return (
    <>
      <Share title="IV rank" tip={`From the lowest implied volatility at 0 % to the highest at 100 %, over ${over}`} figure={rank?.rank} why={still} testId="chain-iv-rank" />
      <Share title="IV pctl" tip={`The share of days on which the implied volatility was lower, of ${over}`} figure={rank?.percentile} why={few} testId="chain-iv-percentile" />
    </>
  );
}

function Share({ title, tip, figure, why, testId }: { readonly title: string; readonly tip: string; readonly figure: FigureView | undefined; readonly why: string; readonly testId: string }) {
  return (
    <div data-tip={tip}>
      <dt className="label">{title}</dt>
      <dd>
        <Figure figure={figure} shape={AGELESS_PERCENT} why={why} testId={testId} />
      </dd>
    </div>
  );
}
