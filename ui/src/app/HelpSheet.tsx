import { Modal } from "../components/Modal";
import type { Command } from "./commands";
import { keyCaps } from "./keymap";

interface Props {
  readonly open: boolean;
  readonly commands: readonly Command[];
  readonly onLeave: () => void;
}

const PLACE_KEYS = [
  ["Arrows, Page Up, Page Down", "Move in a table"],
  ["Home, End", "First and last column; with Ctrl, first and last row"],
  ["Letters", "Jump to a symbol in a table"],
  ["Enter", "Sort on a heading; go to a cell's buttons"],
  ["Up, Down", "Move from order to order"],
  ["E, or a double click", "Change a working order in its row; Enter previews it"],
  ["Escape", "Leave a dialog without acting"],
] as const;

export function HelpSheet({ open, commands, onLeave }: Props) {
  return (
    <Modal open={open} onLeave={onLeave} title="Keyboard" testId="help-sheet">
      <dl className="keys">
        {commands.flatMap(({ id, title, keys }) =>
          keys ? [<dt key={`${id}-keys`}><kbd>{keyCaps(keys)}</kbd></dt>, <dd key={id}>{title}</dd>] : [],
        )}
        {PLACE_KEYS.flatMap(([keys, title]) => [<dt key={`${keys}-keys`}><kbd>{keys}</kbd></dt>, <dd key={keys}>{title}</dd>])}
      </dl>
      <p className="hint block">No single key sends an order: a preview and a confirmation always come first.</p>
      <div className="modal-actions">
        <button type="button" onClick={onLeave}>Close</button>
      </div>
    </Modal>
  );
}
