import type { ReactNode } from "react";
import type { SearchState } from "./search";

interface Props<T> {
  readonly id: string;
  readonly label: string;
  readonly testId: string;
  readonly state: SearchState;
  readonly found: readonly T[];
  readonly active: number;
  readonly keyOf: (item: T) => string;
  readonly render: (item: T) => ReactNode;
  readonly onChoose: (item: T) => void;
  readonly nothing: string;
}

export function SearchResults<T>({ id, label, testId, state, found, active, keyOf, render, onChoose, nothing }: Props<T>) {
  return (
    <div className="search-results">
      <div role="status" className="search-state" data-testid={`${testId}-state`}>
        {state.at === "searching" && "Searching…"}
        {state.at === "failed" && <span className="fault-note">{state.message}</span>}
        {state.at === "found" && found.length === 0 && nothing}
      </div>
      <ul role="listbox" id={`${id}-list`} aria-label={label}>
        {found.map((item, i) => (
          <li
            key={keyOf(item)}
            id={`${id}-${i}`}
            role="option"
            aria-selected={i === active}
            className="search-option"
            data-testid={`${testId}-option-${keyOf(item)}`}
            // The press must not take focus from the input before the click arrives.
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => onChoose(item)}
          >
            {render(item)}
          </li>
        ))}
      </ul>
    </div>
  );
}
