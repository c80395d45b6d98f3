// The rows of the table: strikes, and between the expiries their heads.
import type { ExpiryOutlookView, ExpiryView, SigmaView, StrikeView } from "../../backend/backend";
import { compare } from "../../lib/arithmetic";
import { type Decimal, parseDecimal } from "../../lib/decimal";
import type { Money } from "./money";

/** One expiry's strikes as they are shown. */
export interface Group {
  readonly expiry: ExpiryView;
  readonly rows: readonly StrikeView[];
  readonly strikes: readonly Decimal[];
  /** Among the rows; null while the underlying's price is not known, and of an adjusted class. */
  readonly money: Money | null;
  /** How many strikes are listed. */
  readonly listed: number;
  /** What stands in place of rows that are not there. */
  readonly says: string | null;
  readonly outlook: ExpiryOutlookView | null;
}

/** A row of the table. */
export type Line =
  | { readonly kind: "head"; readonly key: string; readonly group: Group }
  | {
      readonly kind: "strike";
      readonly key: string;
      /** What names it in the page: the strike, with several expiries the day before it. */
      readonly name: string;
      readonly row: StrikeView;
      readonly callInMoney: boolean;
      readonly putInMoney: boolean;
      readonly atMoney: boolean;
      /** How many rows it is from the money of its expiry. */
      readonly away: number;
      /** Its group's place. */
      readonly of: number;
      /** The band's edge that lies between it and the strike below, such as "+1σ". */
      readonly sigma: SigmaMark | null;
    };

export type StrikeLine = Extract<Line, { kind: "strike" }>;

export interface SigmaMark {
  readonly label: string;
  readonly price: string;
}

/** All rows; a single expiry needs no head. */
export function linesOf(groups: readonly Group[], several: boolean): readonly Line[] {
  return groups.flatMap((group, of) => {
    const { money, expiry } = group;
    const marks = sigmaMarks(group.strikes, group.outlook);
    const strikes = group.rows.map((row, i): StrikeLine => ({
      kind: "strike",
      key: `${expiry.expiry} ${row.strike}`,
      name: several ? `${expiry.expiry}-${row.strike}` : row.strike,
      row,
      callInMoney: money !== null && i < money.below,
      putInMoney: money !== null && i >= money.upTo,
      atMoney: i === money?.nearest,
      away: Math.abs(i - (money?.nearest ?? 0)),
      of,
      sigma: marks.get(i) ?? null,
    }));
    return several ? [{ kind: "head", key: expiry.expiry, group } as const, ...strikes] : strikes;
  });
}

/** By row, the edges of the bands that lie just below its strike; none beyond the strikes shown. */
function sigmaMarks(strikes: readonly Decimal[], outlook: ExpiryOutlookView | null): ReadonlyMap<number, SigmaMark> {
  const marks = new Map<number, SigmaMark>();
  const mark = (band: SigmaView | null | undefined, deviations: number) => {
    for (const [sign, price] of [["\u2212", band?.low], ["+", band?.high]] as const) {
      const edge = price === undefined ? null : parseDecimal(price);
      const row = edge ? strikes.findIndex((strike) => compare(strike, edge) >= 0) : -1;
      if (row > 0 && price !== undefined && !marks.has(row)) marks.set(row, { label: `${sign}${deviations}σ`, price });
    }
  };
  mark(outlook?.oneSigma, 1);
  mark(outlook?.twoSigma, 2);
  return marks;
}
