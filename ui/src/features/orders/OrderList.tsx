import { useMemo, useRef, useState } from "react";
import { useTallRows } from "../../components/tall-rows";
import type { OrderActions } from "./actions";
import type { Line } from "./blotter";
import { FamilyLine } from "./FamilyLine";
import { OrderLine } from "./OrderLine";
import type { RowChange } from "./row-change";
import { moveAmongRows } from "./row-keys";

interface Props extends OrderActions {
  readonly lines: readonly Line[];
  readonly change: RowChange;
}

const USUAL_HEIGHT = 64;

/** The orders, however many: only those in sight are in the document. */
export function OrderList({ lines, change, ...actions }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const keys = useMemo(() => lines.map(({ key }) => key), [lines]);
  const rows = useTallRows(scroller, keys, USUAL_HEIGHT);
  const toggle = (key: string) => {
    const next = new Set(open);
    if (!next.delete(key)) next.add(key);
    setOpen(next);
  };
  return (
    <div ref={scroller} className="order-scroll" data-testid="orders-list" tabIndex={0} role="region" aria-label="Orders" onKeyDown={moveAmongRows}>
      <ul className="order-list" style={{ height: rows.height }}>
        {lines.slice(rows.first, rows.end).map((line, i) => (
          <li key={line.key} ref={rows.measure} data-row={line.key} className="order-slot" style={{ top: rows.topOf(rows.first + i) }}>
            {line.kind === "head" && (
              <header className="panel-head">
                <h2>{line.title}</h2>
                <span className="hint">{line.count}</span>
              </header>
            )}
            {line.kind === "family" && <FamilyLine line={line} {...actions} />}
            {line.kind === "order" && (
              <OrderLine orderKey={line.order} role={line.role} change={change} open={open.has(line.order)} onToggle={() => toggle(line.order)} {...actions} />
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
