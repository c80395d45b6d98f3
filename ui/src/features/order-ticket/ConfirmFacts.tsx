import type { PreviewView } from "../../backend/backend";
import { Unknown } from "../../components/Unknown";
import { quantity } from "../../lib/format";
import { commissionWords, priceWords, tifWords, worstCaseTitle, worstCaseWords } from "./words";

export function ConfirmFacts({ preview }: { readonly preview: PreviewView }) {
  const buy = preview.side === "buy";
  const commission = commissionWords(preview);
  return (
    <dl className="facts confirm-facts">
      <dt>Account</dt>
      <dd data-testid="confirm-account">
        {preview.account} <strong data-testid="confirm-account-kind">{preview.accountKind}</strong>
      </dd>
      <dt>Order</dt>
      <dd>
        <strong data-testid="confirm-side">{buy ? "Buy" : "Sell"}</strong> <span data-testid="confirm-quantity">{quantity(preview.quantity)}</span>{" "}
        <strong data-testid="confirm-symbol">{preview.symbol}</strong> {preview.name && <span className="muted">{preview.name}</span>}
      </dd>
      <dt>Price</dt>
      <dd data-testid="confirm-price">
        {preview.limitPrice === null ? "Market: whatever the market asks" : `${priceWords(preview)} ${preview.currency} or better`}
      </dd>
      <dt>Stands</dt>
      <dd>{tifWords(preview.tif)}</dd>
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
