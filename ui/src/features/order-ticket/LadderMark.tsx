import { textOf } from "../../lib/arithmetic";
import type { Decimal } from "../../lib/decimal";

interface Props {
  readonly title: string;
  readonly height: number;
  readonly price: Decimal;
  readonly places: number;
  /** Whether its name stands above the line. */
  readonly isAbove?: boolean;
}

/** Where the market stands. */
export function LadderMark({ title, height, price, places, isAbove = false }: Props) {
  return (
    <div className={isAbove ? "ladder-mark above" : "ladder-mark"} style={{ bottom: `${height * 100}%` }}>
      <span>
        {title} {textOf(price, places)}
      </span>
    </div>
  );
}
