import { useRef, useState } from "react";
import type { DraftInput, InstrumentView } from "../../backend/backend";
import { typed } from "../../lib/arithmetic";
import type { Decimal } from "../../lib/decimal";
import { stepOf } from "./aims";
import { heightOf, type LineName, linesOf, movedBy, moveLine, priceAt, type Span, spanOf } from "./ladder";
import { LadderLine } from "./LadderLine";
import { LadderMark } from "./LadderMark";
import type { Ticket } from "./ticket";

interface Props {
  readonly ticket: Ticket;
  readonly draft: DraftInput;
  readonly entry: Decimal;
  readonly instrument: InstrumentView;
  readonly bid: string | null;
  readonly ask: string | null;
}

/** Entry, take-profit and stop as lines on a scale of prices, to drag or to move with the arrow keys. */
export function PriceLadder({ ticket, draft, entry, instrument, bid, ask }: Props) {
  const box = useRef<HTMLDivElement>(null);
  // The scale stands still while a line is dragged along it.
  const [held, setHeld] = useState<{ readonly name: LineName; readonly span: Span } | null>(null);
  const tick = stepOf(instrument);
  if (!tick) return <p className="hint block">The steps of its prices are not known, so there is no ladder.</p>;
  const lines = linesOf(draft, entry, tick);
  const [low, high] = [bid === null ? null : typed(bid), ask === null ? null : typed(ask)];
  const span = held?.span ?? spanOf([...lines.map(({ price }) => price), ...[low, high].filter((price) => price !== null)], tick);
  const at = (price: Decimal): number => heightOf(price, span, tick);
  const move = (name: LineName, to: Decimal | null) => to && moveLine(ticket, draft, name, to, entry, instrument);
  const pull = (name: LineName, clientY: number) => {
    const area = box.current?.getBoundingClientRect();
    if (held?.name === name && area && area.height > 0) move(name, priceAt((area.bottom - clientY) / area.height, held.span, tick));
  };
  return (
    <div ref={box} className="ladder" role="group" aria-label="Price ladder" data-testid="ladder">
      {low && <LadderMark title="Bid" height={at(low)} price={low} places={instrument.priceDecimals} />}
      {high && <LadderMark title="Ask" isAbove height={at(high)} price={high} places={instrument.priceDecimals} />}
      {lines.map((line) => (
        <LadderLine
          key={line.name}
          line={line}
          height={at(line.price)}
          tick={tick}
          span={span}
          places={instrument.priceDecimals}
          onStep={(count) => move(line.name, movedBy(line, count, tick))}
          onHold={() => setHeld({ name: line.name, span })}
          onPull={(clientY) => pull(line.name, clientY)}
          onDrop={() => setHeld(null)}
        />
      ))}
    </div>
  );
}
