import { memo } from "react";
import type { InstrumentView, Side, StrikeView } from "../../backend/backend";
import { Unknown } from "../../components/Unknown";
import { price } from "../../lib/format";
import { OptionCell } from "./cells";
import type { ChainColumn } from "./columns";

interface Props {
  /** By which the table knows it. */
  readonly id: string;
  /** By which the page names it: the strike, with several expiries the day before it. */
  readonly name: string;
  readonly row: StrikeView;
  readonly index: number;
  readonly top: number;
  readonly columns: readonly ChainColumn[];
  readonly underlying: number;
  readonly account: string | null;
  readonly callInMoney: boolean;
  readonly putInMoney: boolean;
  readonly atMoney: boolean;
  /** Which band has its edge between this strike and the one below, and where. */
  readonly sigma: string | null;
  readonly sigmaPrice: string | null;
  /** The column that holds the table's tab stop, when this row does. */
  readonly activeColumn: number | null;
  readonly onActivate: (id: string, column: number) => void;
  readonly onPick: (option: InstrumentView, side: Side) => void;
}

/** What a click on a column does. */
export function sideOfColumn(column: ChainColumn | undefined): Side | null {
  if (!column || column.side === "strike") return null;
  return column.id === "bid" ? "sell" : column.id === "ask" ? "buy" : null;
}

/** One strike: its call, itself, its put. */
export const ChainRow = memo(function ChainRow(props: Props) {
  const { id, name, row, index, top, columns, underlying, account, callInMoney, putInMoney, atMoney, sigma, sigmaPrice, activeColumn, onActivate, onPick } = props;
  return (
    <div role="row" aria-rowindex={index + 3} className={`grid-row body chain-row${atMoney ? " at-money" : ""}${sigma === null ? "" : " sigma"}${activeColumn === null ? "" : " active"}`} style={{ top }} data-testid={`chain-row-${name}`}>
      {columns.map((column, i) => {
        const place = { "aria-colindex": i + 1, "data-cell": `${index}:${i}`, tabIndex: activeColumn === i ? 0 : -1, onFocus: () => onActivate(id, i) };
        if (column.side === "strike") {
          return (
            <div key="strike" role="rowheader" {...place} className="grid-cell chain-strike" data-testid={`chain-strike-${name}`}>
              {price(row.strike, 0)}
              {atMoney && <span className="vh"> at the money</span>}
              {sigma !== null && sigmaPrice !== null && (
                <span className="sigma-mark" data-tip={`${sigma} by this expiry, by the model: ${price(sigmaPrice, 2)}`}>
                  {sigma}
                </span>
              )}
            </div>
          );
        }
        const option = row[column.side];
        const side = option && sideOfColumn(column);
        const inMoney = column.side === "call" ? callInMoney : putInMoney;
        return (
          <div
            key={`${column.side}-${column.id}`}
            role="gridcell"
            {...place}
            className={`grid-cell right${inMoney ? " in-money" : ""}${side ? " pickable" : ""}`}
            onClick={() => option && side && onPick(option, side)}
            data-testid={`chain-${column.side}-${column.id}-${name}`}
          >
            {option ? <OptionCell column={column.id} option={option} underlying={underlying} account={account} place={index} /> : <Unknown why={`There is no ${column.side} at this strike`} />}
          </div>
        );
      })}
    </div>
  );
});
