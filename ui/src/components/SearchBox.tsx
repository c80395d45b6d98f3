import { type KeyboardEvent, type ReactNode, useId } from "react";
import { SearchResults } from "./SearchResults";
import { useSearch } from "./search";

interface Props<T> {
  readonly label: string;
  readonly placeholder: string;
  readonly testId: string;
  readonly search: (pattern: string) => Promise<readonly T[]>;
  readonly keyOf: (item: T) => string;
  readonly render: (item: T) => ReactNode;
  readonly onChoose: (item: T) => void;
  /** What is said when nothing matches. */
  readonly nothing: (pattern: string) => string;
  /** What is on offer before anything is typed. */
  readonly initial?: readonly T[];
}

/** A combobox over a search: type, arrows, Enter. Typing never waits for an answer. */
export function SearchBox<T>(props: Props<T>) {
  const { label, placeholder, testId, search, keyOf, render, onChoose, nothing, initial } = props;
  const id = useId();
  const { pattern, type, found, active, move, state, close } = useSearch(search, initial);
  const open = pattern.trim() !== "" || initial !== undefined;
  const choose = (item: T | undefined) => {
    if (item === undefined) return;
    close();
    onChoose(item);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter") {
      // Enter chooses here; it must not submit the form around it.
      event.preventDefault();
      choose(found[active]);
    } else if (event.key === "Escape" && pattern !== "") {
      event.stopPropagation();
      close();
    }
  };
  return (
    <div className="search">
      <label className="label" htmlFor={id}>{label}</label>
      <input
        id={id}
        className="input"
        role="combobox"
        aria-expanded={open}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={open && found[active] ? `${id}-${active}` : undefined}
        autoComplete="off"
        spellCheck={false}
        placeholder={placeholder}
        value={pattern}
        onChange={(event) => type(event.target.value)}
        onKeyDown={onKeyDown}
        data-testid={testId}
      />
      {open && (
        <SearchResults id={id} label={label} testId={testId} state={state} found={found} active={active} keyOf={keyOf} render={render} onChoose={choose} nothing={nothing(pattern.trim())} />
      )}
    </div>
  );
}
