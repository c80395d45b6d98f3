import { isRecord, keep, readKept } from "../../lib/kept";
import { ValueStore } from "../../lib/value-store";
import { type Range, RANGES } from "./range";

/** The columns of one side in the order of the puts, from the strike outwards; bid always comes before ask. */
export const COLUMNS = ["bid", "ask", "mid", "last", "size", "iv", "delta", "gamma", "theta", "vega", "rho", "chanceIn", "chanceOut", "chanceTouch", "breakeven", "intrinsic", "extrinsic", "volume", "openInterest", "position"] as const;
export type ColumnId = (typeof COLUMNS)[number];

/** What a person has chosen to see of every chain. */
export interface ChainChoices {
  readonly columns: readonly ColumnId[];
  readonly range: Range;
}

const NAME = "chain.1";
const USUAL: ChainChoices = { columns: ["bid", "ask", "iv", "delta", "openInterest"], range: "all" };

function accept(value: unknown): ChainChoices | null {
  if (!isRecord(value) || !Array.isArray(value.columns)) return null;
  const kept: readonly unknown[] = value.columns;
  const columns = COLUMNS.filter((column) => kept.includes(column));
  const range = RANGES.find((one) => one === value.range) ?? USUAL.range;
  return { columns: columns.length > 0 ? columns : USUAL.columns, range };
}

export const chainChoices = new ValueStore<ChainChoices>(readKept(NAME, accept) ?? USUAL);

export function chooseChain(patch: Partial<ChainChoices>): void {
  chainChoices.set({ ...chainChoices.get(), ...patch });
  keep(NAME, chainChoices.get());
}

/** Shows or hides a column; the last one stays. */
export function turnColumn(column: ColumnId, on: boolean): void {
  const columns = COLUMNS.filter((one) => (one === column ? on : chainChoices.get().columns.includes(one)));
  if (columns.length > 0) chooseChain({ columns });
}
