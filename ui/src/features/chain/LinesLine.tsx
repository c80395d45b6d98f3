import type { LinesView } from "../../backend/backend";
import { useValue } from "../../lib/value-store";
import { useLive } from "../../live/context";

/** How the options in sight get their quotes. */
export function LinesLine() {
  const lines = useValue(useLive().lines);
  if (!lines) return null;
  const { budget, others } = lines;
  return (
    <span className="hint chain-lines" role="status" data-testid="chain-lines" data-tip={`${budget} lines of market data in all, of which ${others} serve positions, the ticket and what else is watched`}>
      {linesWords(lines)}
    </span>
  );
}

function linesWords({ steady, takingTurns, inTurn }: LinesView): string {
  if (steady === 0 && takingTurns === 0) return "No options are quoted";
  const steadily = `${steady} options on lines`;
  return takingTurns === 0 ? steadily : `${steadily}, ${takingTurns} taking turns with ${inTurn} ${inTurn === 1 ? "line" : "lines"}`;
}
