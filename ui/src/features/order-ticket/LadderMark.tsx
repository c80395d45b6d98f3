import { textOf } from "../../lib/arithmetic";
import type { Decimal } from "../../lib/decimal";

interface Props {
  readonly title: string;
  readonly height: number;
  readonly price: Decimal;
  readonly places: number;
}

/** Where the market stands. */
export function LadderMark({ title, height, price, places }: Props) {
  return (
    <div className="ladder-mark" style={{ bottom: `${height * 100}%` }}>
      <span>
        {title} {textOf(price, places)}
      </span>
    </div>
  );
}
