import type { FaultView } from "../../backend/backend";
import { PLACE_WORDS } from "./wizard-words";

interface Props {
  readonly fault: FaultView;
  readonly onAgain: (() => void) | null;
}

/** What a fault means and what to click. */
export function FaultCard({ fault, onAgain }: Props) {
  return (
    <div className="fault-card" data-testid={`fault-${fault.name}`}>
      <p>{fault.means}</p>
      <ul className="fault-does">
        {fault.remedies.map((remedy) => (
          <li key={`${remedy.place} ${remedy.does}`}>
            <span className="fault-place">{PLACE_WORDS[remedy.place]}</span>
            <span>
              {remedy.path.length > 0 && (
                <>
                  <strong>{remedy.path.join(" → ")}</strong>
                  {": "}
                </>
              )}
              {remedy.does}
            </span>
          </li>
        ))}
      </ul>
      {onAgain && (
        <button type="button" onClick={onAgain} data-testid="check-again">
          Try again
        </button>
      )}
    </div>
  );
}
