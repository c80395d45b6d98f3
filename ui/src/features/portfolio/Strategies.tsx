import { useMemo } from "react";
import { DataGrid } from "../../components/grid/DataGrid";
import { Face } from "../../components/Face";
import { useKeys, useLive } from "../../live/context";
import { Coming } from "./Coming";
import { GreeksTable } from "./GreeksTable";
import { strategyColumns } from "./strategy-columns";

interface Props {
  readonly account: string | null;
  readonly loading: boolean;
  readonly rowHeight: number;
}

/** The held options as the strategies that they make, with their greeks and what is coming to them. */
export function Strategies({ account, loading, rowHeight }: Props) {
  const live = useLive();
  const all = useKeys(live.strategies);
  const keys = useMemo(() => {
    const shown = account === null ? all : all.filter((key) => live.strategies.get(key)?.account === account);
    const place = (key: string) => {
      const held = live.strategies.get(key);
      return held ? `${held.underlying} ${held.expiry ?? ""} ${held.account} ${key}` : key;
    };
    return shown.toSorted((a, b) => (place(a) < place(b) ? -1 : 1));
  }, [all, account, live]);
  const columns = useMemo(() => strategyColumns(live, account === null), [live, account]);
  if (keys.length === 0) {
    return (
      <Face kind={loading ? "loading" : "empty"} title={loading ? "Waiting for the positions." : "No options are held here."}>
        {!loading && "To build a strategy, open Options and click on bids and asks."}
      </Face>
    );
  }
  return (
    <>
      <GreeksTable account={account} />
      <DataGrid
        label="Option strategies"
        columns={columns}
        keys={keys}
        rowHeight={rowHeight}
        nameOf={(key) => live.strategies.get(key)?.underlying ?? ""}
        rowTestId={(key) => `strategy-row-${key}`}
      />
      <Coming keys={keys} />
    </>
  );
}
