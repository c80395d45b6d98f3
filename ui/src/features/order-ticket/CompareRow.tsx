import { Unknown } from "../../components/Unknown";
import { useKeyed, useLive } from "../../live/context";
import { money } from "../../lib/format";
import { accountKindWords } from "../../lib/words";
import { type Answer, verdictWords } from "./compare";
import { commissionWords } from "./words";

interface Props {
  readonly account: string;
  readonly answer: Answer;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
}

export function CompareRow({ account, answer, isChosen, onChoose }: Props) {
  const view = useKeyed(useLive().accounts, account);
  const [word, why] = verdictWords(answer);
  const preview = answer?.type === "ready" ? answer.preview : null;
  const unit = preview?.baseCurrency ? ` ${preview.baseCurrency}` : "";
  const unknown = preview ? "The gateway left this unset in its answer" : "There is no preview to tell it";
  const sum = (value: string | null | undefined) => (value == null ? <Unknown why={unknown} /> : money(value) + unit);
  return (
    <tr data-testid={`compare-${account}`} data-verdict={answer?.type ?? "asking"}>
      <th scope="row">
        {view ? accountKindWords(view) : ""} <span className="hint">{account}</span>
      </th>
      <td className="verdict">
        <strong className={`verdict-${answer?.type ?? "asking"}`}>{word}</strong>
        {why !== "" && <span className="hint block">{why}</span>}
      </td>
      <td data-testid={`compare-${account}-commission`}>{(preview && commissionWords(preview)) ?? <Unknown why={unknown} />}</td>
      <td data-testid={`compare-${account}-initial`}>{sum(preview?.margin.initial.after)}</td>
      <td>{sum(preview?.margin.maintenance.after)}</td>
      <td>{sum(preview?.margin.excessLiquidity.after)}</td>
      <td>
        <button type="button" className="small" aria-label={`Choose ${account}`} aria-pressed={isChosen} onClick={onChoose} data-testid={`compare-${account}-choose`}>
          {isChosen ? "Chosen" : "Choose"}
        </button>
      </td>
    </tr>
  );
}
