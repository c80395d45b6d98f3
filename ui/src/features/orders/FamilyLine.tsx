import { useKeyed, useLive } from "../../live/context";
import type { OrderActions } from "./actions";
import type { Line } from "./blotter";
import { orders } from "./scope";

interface Props extends Pick<OrderActions, "onCancelMany"> {
  readonly line: Extract<Line, { kind: "family" }>;
}

/** The head of a bracket, or of a group of which one cancels the others. */
export function FamilyLine({ line, onCancelMany }: Props) {
  const first = useKeyed(useLive().orders, line.first);
  const name = line.bracket ? "Bracket" : "One cancels the others";
  return (
    <div className="order-family" data-testid={`family-${line.family}`}>
      <strong>{name}</strong>
      <span className="hint">
        {first?.instrument.label ?? ""}, {orders(line.size)}
      </span>
      <button type="button" className="small quiet" onClick={() => onCancelMany({ type: "family", key: line.family })} data-testid="family-cancel">
        {line.bracket ? "Cancel the bracket…" : "Cancel the group…"}
      </button>
    </div>
  );
}
