import { useCallback } from "react";
import type { ChainOutlookView, InstrumentView, OptionClassView, Side } from "../../backend/backend";
import { Face } from "../../components/Face";
import { expiryWords } from "../../lib/expiry";
import { useValue } from "../../lib/value-store";
import { type Board, useBoards } from "./boards";
import { ChainGrid } from "./ChainGrid";
import { ChainNotes } from "./ChainNotes";
import { ChainTools } from "./ChainTools";
import { chainChoices } from "./choices";
import { useGroups } from "./groups";
import { linesOf } from "./lines";

interface Props {
  readonly underlying: InstrumentView;
  readonly chosen: OptionClassView;
  readonly expiries: readonly string[];
  readonly several: boolean;
  readonly outlook: ChainOutlookView | null;
  readonly account: string | null;
  readonly rowHeight: number;
  /** The options in sight. */
  readonly shown: readonly number[];
  readonly onPick: (option: InstrumentView, side: Side) => void;
  readonly onSeen: (key: string, conIds: readonly number[]) => void;
}

/** The options of one class and its expiries on show. */
export function StrikesPanel(props: Props) {
  const { underlying, chosen, expiries, several, outlook, account, rowHeight, shown, onPick, onSeen } = props;
  const { columns, range } = useValue(chainChoices);
  const { boardOf, again, isUp } = useBoards(underlying.conId, chosen.tradingClass, expiries);
  const groups = useGroups(underlying.conId, chosen, expiries, boardOf, outlook, range);
  const key = strikesKey(underlying.conId, chosen.tradingClass, expiries);
  const seen = useCallback((conIds: readonly number[]) => onSeen(key, conIds), [onSeen, key]);
  const lines = linesOf(groups, several);
  const sum = (of: (group: (typeof groups)[number]) => number) => groups.reduce((total, group) => total + of(group), 0);
  const count = { shown: sum(({ rows }) => rows.length), listed: sum(({ listed }) => listed) };
  const failed = expiries.map(boardOf).find((board) => board.at === "failed");
  const named = `${chosen.tradingClass} ${expiries.map(expiryWords).join(", ")}`;
  const face = count.listed === 0 ? <PanelFace board={boardOf(expiries[0] ?? "")} named={named} isUp={isUp} again={again} /> : null;
  return (
    <>
      <ChainTools count={count.listed > 0 ? count : null} />
      <ChainNotes conIds={shown} />
      {failed && count.listed > 0 && (
        <p className="chain-note">
          {failed.error.message}{" "}
          <button type="button" className="small" onClick={again} data-testid="chain-again">
            Try again
          </button>
        </p>
      )}
      {face ?? (
        <ChainGrid
          key={`${underlying.conId} ${chosen.tradingClass} ${range} ${several ? "" : key}`}
          label={`Options ${named}`}
          lines={lines}
          columns={columns}
          underlying={underlying.conId}
          account={account}
          rowHeight={rowHeight}
          onPick={onPick}
          onSeen={seen}
        />
      )}
    </>
  );
}

export function strikesKey(conId: number, tradingClass: string, expiries: readonly string[]): string {
  return `${conId} ${tradingClass} ${expiries.join(" ")}`;
}

function PanelFace({ board, named, isUp, again }: { readonly board: Board; readonly named: string; readonly isUp: boolean; readonly again: () => void }) {
  if (board.at === "failed") {
    return (
      <Face kind="broken" title={`The options of ${named} could not be had.`} actions={<button type="button" onClick={again} data-testid="chain-again">Try again</button>}>
        {board.error.message}
      </Face>
    );
  }
  if (board.at === "there") return <Face kind="empty" title={`Nothing is listed for ${named}.`}>Choose another expiry.</Face>;
  return isUp ? <Face kind="loading" title={`Asking for the options of ${named}.`} /> : <Face kind="loading" title="Waiting for the gateway.">The options of {named} come when the link is up.</Face>;
}
