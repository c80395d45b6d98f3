import { useEffect } from "react";
import { Face } from "../../components/Face";
import { useKeys, useLive } from "../../live/context";
import { useValue } from "../../lib/value-store";
import { AccountCards } from "./AccountCards";
import { HouseholdStrip } from "./HouseholdStrip";
import { PortfolioFace } from "./PortfolioFace";
import { Positions } from "./Positions";
import type { Trade } from "./trade";

interface Props {
  /** One account, or null for all. */
  readonly account: string | null;
  readonly onTrade: (trade: Trade) => void;
  /** Opens the chain of an underlying. */
  readonly onOptions: (conId: number) => void;
  readonly onConnectNow: () => void;
  readonly rowHeight: number;
}

/** Accounts and positions: all together or one account alone. */
export function Portfolio({ account, onTrade, onOptions, onConnectNow, rowHeight }: Props) {
  const live = useLive();
  const accounts = useKeys(live.accounts);
  const link = useValue(live.link);
  const shown = account === null ? accounts : accounts.filter((id) => id === account);
  const painted = shown.length > 0;
  useEffect(() => {
    if (!painted || document.documentElement.dataset.portfolio) return;
    const frame = requestAnimationFrame(() => {
      performance.mark("portfolio-painted");
      document.documentElement.dataset.portfolio = "painted";
    });
    return () => cancelAnimationFrame(frame);
  }, [painted]);
  if (!painted) return <PortfolioFace link={link} account={account} onConnectNow={onConnectNow} />;
  return (
    <div className="screen portfolio" data-testid="screen-portfolio">
      <h1 className="vh">Portfolio</h1>
      {link?.state === "loading" && (
        <Face kind="partial" title="Still reading positions and orders.">
          What is shown so far is current; more will come.
        </Face>
      )}
      {account === null && accounts.length > 1 && <HouseholdStrip />}
      <AccountCards ids={shown} />
      <Positions account={account} onTrade={onTrade} onOptions={onOptions} rowHeight={rowHeight} />
    </div>
  );
}
