import type { BeforeAfter, PreviewView } from "../../backend/backend";
import { SourceMark } from "../../components/SourceMark";
import { Unknown } from "../../components/Unknown";
import { money, quantity } from "../../lib/format";
import { commissionWords, worstCaseTitle, worstCaseWords } from "./words";

const NOT_TOLD = "The gateway left this unset in its answer to the what-if";

interface Props {
  readonly preview: PreviewView;
  /** Whether it is a combination: its details say what becomes of its legs. */
  readonly combined: boolean;
}

export function PreviewFigures({ preview, combined }: Props) {
  const { margin } = preview;
  const commission = commissionWords(preview);
  return (
    <>
      <table className="before-after" role="table">
        <caption className="vh">What the order would change</caption>
        <thead>
          <tr role="row">
            <th scope="col">{preview.baseCurrency ?? ""}</th>
            <th scope="col">Now</th>
            <th scope="col">After</th>
          </tr>
        </thead>
        <tbody>
          <Row title="Initial margin" pair={margin.initial} id="initial" />
          <Row title="Maintenance margin" pair={margin.maintenance} id="maintenance" />
          <Row title="Equity with loan" pair={margin.equity} id="equity" />
          <Row title="Excess liquidity" pair={margin.excessLiquidity} id="excess" />
          <Row title="Available funds" pair={margin.availableFunds} id="available" />
          <Row title="Buying power" pair={margin.buyingPower} id="buying-power" reckoned />
          {!combined && <Row title={`Position in ${preview.symbol}`} pair={preview.position} id="position" write={quantity} />}
        </tbody>
      </table>
      <dl className="facts">
        <dt>Commission</dt>
        <dd data-testid="preview-commission">{commission ?? <Unknown why="The gateway did not say what the commission will be" />}</dd>
        <dt>{worstCaseTitle(preview)}</dt>
        <dd data-testid="preview-worst-case" data-value={preview.worstCase ?? undefined}>
          {preview.worstCase === null ? <Unknown why={preview.worstCaseSays} /> : worstCaseWords(preview)}
        </dd>
      </dl>
      <p className="hint block" data-testid="preview-worst-case-says">
        {preview.worstCaseSays}
      </p>
    </>
  );
}

interface RowProps {
  readonly title: string;
  readonly pair: BeforeAfter;
  readonly id: string;
  readonly write?: (value: string) => string;
  /** Whether what comes after is reckoned here, because no what-if answers it. */
  readonly reckoned?: boolean;
}

function Row({ title, pair, id, write = money, reckoned = false }: RowProps) {
  return (
    <tr role="row" data-testid={`preview-${id}`}>
      <th scope="row">{title}</th>
      <td data-testid={`preview-${id}-before`}>{pair.before === null ? <Unknown why={NOT_TOLD} /> : write(pair.before)}</td>
      <td data-testid={`preview-${id}-after`}>
        {reckoned && pair.after !== null && <SourceMark source="model" />}
        {pair.after === null ? <Unknown why={NOT_TOLD} /> : write(pair.after)}
      </td>
    </tr>
  );
}
