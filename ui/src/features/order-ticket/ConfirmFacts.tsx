import type { DraftInput, PreviewView } from "../../backend/backend";
import { ColourMark } from "../../components/ColourMark";
import { Unknown } from "../../components/Unknown";
import { quantity } from "../../lib/format";
import { useKeyed, useLive } from "../../live/context";
import { Details } from "./Details";
import { commissionWords, priceWords, subjectWords, tifWords, verbWords, worstCaseTitle, worstCaseWords } from "./words";

interface Props {
  readonly preview: PreviewView;
  /** What was previewed. */
  readonly draft: DraftInput;
  readonly decimals: number;
}

export function ConfirmFacts({ preview, draft, decimals }: Props) {
  const bettered = draft.legs.length === 0 ? " or better" : draft.side === "buy" ? " or less" : " or more";
  const commission = commissionWords(preview);
  const account = useKeyed(useLive().accounts, preview.account);
  return (
    <dl className="facts confirm-facts">
      <dt>Account</dt>
      <dd data-testid="confirm-account">
        <ColourMark colour={account?.colour ?? null} />
        {preview.account} <strong data-testid="confirm-account-kind">{preview.accountKind}</strong>
        {account?.nickname && <span data-testid="confirm-account-nickname">, {account.nickname}</span>}
      </dd>
      <dt>Order</dt>
      <dd>
        <strong data-testid="confirm-side">{verbWords(draft)}</strong> <span data-testid="confirm-quantity">{quantity(preview.quantity)}</span>{" "}
        <strong data-testid="confirm-symbol">{subjectWords(preview, draft)}</strong> {preview.name && <span className="muted">{preview.name}</span>}
      </dd>
      <dt>Price</dt>
      <dd data-testid="confirm-price">
        <strong data-testid="confirm-type">{preview.orderType}</strong> {priceWords(draft, decimals)} {preview.currency}
        {draft.orderType === "market" ? ": whatever the market asks" : draft.orderType === "limit" ? bettered : ""}
      </dd>
      <dt>Stands</dt>
      <dd data-testid="confirm-tif">{tifWords(preview.tif, draft.goodTill)}</dd>
      {preview.details.length > 0 && (
        <>
          <dt>With it</dt>
          <dd>
            <Details preview={preview} testId="confirm-details" />
          </dd>
        </>
      )}
      <dt>{worstCaseTitle(preview)}</dt>
      <dd data-testid="confirm-worst-case" data-value={preview.worstCase ?? undefined}>
        {preview.worstCase === null ? <Unknown why={preview.worstCaseSays} /> : <strong>{worstCaseWords(preview)}</strong>}
        <span className="hint block">{preview.worstCaseSays}</span>
      </dd>
      <dt>Commission</dt>
      <dd>{commission ?? <Unknown why="The gateway did not say what the commission will be" />}</dd>
    </dl>
  );
}
