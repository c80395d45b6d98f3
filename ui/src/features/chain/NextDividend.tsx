import type { DividendsView } from "../../backend/backend";
import { Unknown } from "../../components/Unknown";
import { shortAge } from "../../lib/dates";
import { expiryWords } from "../../lib/expiry";
import { DASH, exactly } from "../../lib/format";
import { useMoment } from "../../live/clock";

interface Props {
  readonly dividends: DividendsView | null;
  readonly currency: string;
}

/** The next dividend of a share, as the broker tells it. */
export function NextDividend({ dividends, currency }: Props) {
  const age = useMoment((now) => (dividends ? shortAge(now - dividends.at) : ""));
  const sum = (amount: string | null) => (amount === null ? DASH : exactly(amount, 2));
  const told = dividends ? `By the broker, ${age} ago. Paid in twelve months ${sum(dividends.pastYear)}, expected in the next ${sum(dividends.nextYear)} ${currency} a share` : undefined;
  return (
    <div data-tip={told}>
      <dt className="label">Dividend</dt>
      <dd data-testid="chain-dividend">
        {dividends?.nextDay != null && dividends.nextAmount !== null ? (
          `${sum(dividends.nextAmount)} on ${expiryWords(dividends.nextDay)}`
        ) : (
          <Unknown why={dividends ? "The broker knows of no next dividend" : "The broker tells no dividends of it"} />
        )}
      </dd>
    </div>
  );
}
