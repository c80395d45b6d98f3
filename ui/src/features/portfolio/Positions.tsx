import { useMemo, useState } from "react";
import { Choice } from "../../components/Choice";
import { DataGrid } from "../../components/grid/DataGrid";
import { Face } from "../../components/Face";
import type { MergedPositionView, PositionView } from "../../backend/backend";
import { keep, readKept } from "../../lib/kept";
import { useKeys, useLive } from "../../live/context";
import type { KeyedStore } from "../../live/keyed-store";
import { useValue } from "../../lib/value-store";
import { mergedColumns, positionColumns } from "./columns";
import { Strategies } from "./Strategies";
import type { Trade } from "./trade";

interface Props {
  readonly account: string | null;
  readonly onTrade: (trade: Trade) => void;
  readonly onOptions: (conId: number) => void;
  readonly rowHeight: number;
}

const STRATEGIES = { value: "strategies", label: "Option strategies", testId: "positions-strategies" } as const;
const OF_ALL = [
  { value: "merged", label: "Merged", testId: "positions-merged" },
  { value: "each", label: "By account", testId: "positions-each" },
  STRATEGIES,
] as const;
const OF_ONE = [{ value: "each", label: "Positions", testId: "positions-each" }, STRATEGIES] as const;
type View = (typeof OF_ALL)[number]["value"];

const NAME = "positions.1";

function accept(value: unknown): View | null {
  return OF_ALL.find((one) => one.value === value)?.value ?? null;
}

/** By symbol, and the same symbol by account, so that a row keeps its place whatever comes and goes. */
function bySymbol(keys: readonly string[], store: KeyedStore<PositionView> | KeyedStore<MergedPositionView>): string[] {
  const symbol = (key: string) => store.get(key)?.instrument.symbol ?? "";
  return [...keys].sort((a, b) => (symbol(a) === symbol(b) ? (a < b ? -1 : 1) : symbol(a) < symbol(b) ? -1 : 1));
}

/** The positions of one account, or of all: merged, account by account, or as option strategies. */
export function Positions({ account, onTrade, onOptions, rowHeight }: Props) {
  const live = useLive();
  const [view, setView] = useState<View>(() => readKept(NAME, accept) ?? "merged");
  const choose = (next: View) => {
    setView(next);
    keep(NAME, next);
  };
  const positions = useKeys(live.positions);
  const merged = useKeys(live.merged);
  const loading = useValue(live.link)?.state === "loading";
  const isMerged = account === null && view === "merged";
  const keys = useMemo(() => {
    const shown = isMerged ? merged : account === null ? positions : positions.filter((key) => live.positions.get(key)?.account === account);
    return bySymbol(shown, isMerged ? live.merged : live.positions);
  }, [isMerged, merged, positions, account, live]);
  const columns = useMemo(
    () => (isMerged ? mergedColumns(live, { onTrade, onOptions }) : positionColumns(live, { onTrade, onOptions }, account === null)),
    [isMerged, live, onTrade, onOptions, account],
  );
  const store = isMerged ? live.merged : live.positions;
  return (
    <section className="positions" aria-label="Positions">
      <header className="panel-head">
        <h2>Positions</h2>
        {view !== "strategies" && <span className="hint" data-testid="positions-count">{keys.length}</span>}
        <Choice
          label="Show positions"
          hideLabel
          options={account === null ? OF_ALL : OF_ONE}
          value={account !== null && view === "merged" ? "each" : view}
          onChange={choose}
        />
      </header>
      {view === "strategies" ? (
        <Strategies account={account} loading={loading} rowHeight={rowHeight} />
      ) : keys.length === 0 ? (
        <Face kind={loading ? "loading" : "empty"} title={loading ? "Waiting for the positions." : "Nothing is held here."}>
          {!loading && "To buy something, search it in the order ticket on the right."}
        </Face>
      ) : (
        <DataGrid
          label={isMerged ? "Positions, merged over accounts" : "Positions"}
          columns={columns}
          keys={keys}
          rowHeight={rowHeight}
          nameOf={(key) => store.get(key)?.instrument.symbol ?? ""}
          rowTestId={(key) => `position-row-${key}`}
        />
      )}
    </section>
  );
}
