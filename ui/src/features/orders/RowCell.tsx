import type { OrderView } from "../../backend/backend";
import { StepField } from "../../components/StepField";
import { exactly } from "../../lib/format";
import type { Cell, RowChange, RowChangeState } from "./row-change";

interface Props {
  readonly name: Cell;
  readonly order: OrderView;
  readonly change: RowChange;
  readonly state: RowChangeState;
}

const LABELS: Readonly<Record<Cell, string>> = { quantity: "Quantity", limitPrice: "Limit", stopPrice: "Stop" };

/** One figure of a working order, to be typed or stepped; what is wrong with it stands below. */
export function RowCell({ name, order, change, state }: Props) {
  const { instrument } = order;
  const isPrice = name !== "quantity";
  const { mend, says } = state.faults.find(({ field }) => field === name) ?? { mend: null, says: null };
  const decimals = instrument.priceDecimals;
  return (
    <StepField
      label={LABELS[name]}
      value={state.typed[name] ?? state.draft?.[name] ?? ""}
      onType={(text) => change.type({ [name]: text })}
      step={isPrice ? instrument.tick : instrument.sizeStep}
      places={isPrice ? decimals : 0}
      disabled={!order.canChange}
      fault={
        says !== null && (
          <div className="fault-note" role="alert" data-testid={`row-fault-${name}`}>
            <span>{says}</span>
            {mend !== null && (
              <button type="button" className="mend" onClick={() => change.mend(name, mend)} data-testid={`row-mend-${name}`}>
                {isPrice ? `Round to ${exactly(mend, decimals)}` : `Use ${mend}`}
              </button>
            )}
          </div>
        )
      }
      testId={`row-${name}`}
    />
  );
}
