import type { LinkView } from "../../backend/backend";
import { Face } from "../../components/Face";

interface Props {
  readonly link: LinkView | null;
  readonly account: string | null;
  readonly onConnectNow: () => void;
}

/** The portfolio without any account to show. */
export function PortfolioFace({ link, account, onConnectNow }: Props) {
  if (link === null) return <Face kind="loading" title="Starting. Waiting for the first figures." />;
  if (link.state === "down" || link.state === "upstreamDown") {
    const connect = (
      <button type="button" className="primary" onClick={onConnectNow}>
        Connect now
      </button>
    );
    return (
      <Face kind="broken" title="No portfolio: there is no link to the gateway." actions={connect}>
        {link.says}
      </Face>
    );
  }
  if (link.state === "off") {
    const connect = (
      <button type="button" className="primary" onClick={onConnectNow}>
        Connect
      </button>
    );
    return (
      <Face kind="empty" title="Not connected." actions={connect}>
        {link.says}
      </Face>
    );
  }
  if (link.state !== "up") {
    return (
      <Face kind="loading" title={`Connecting to ${link.address}.`}>
        {link.says}
      </Face>
    );
  }
  return account === null ? (
    <Face kind="empty" title="This login has no accounts.">
      Log in to the gateway with a user that may see an account.
    </Face>
  ) : (
    <Face kind="empty" title={`${account} is not among this login's accounts.`}>
      Choose another account above.
    </Face>
  );
}
