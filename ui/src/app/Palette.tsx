import { Modal } from "../components/Modal";
import { SearchBox } from "../components/SearchBox";
import { useBackend } from "../backend/context";
import { securityKindWords } from "../lib/words";
import type { Command } from "./commands";
import { keyCaps } from "./keymap";
import { findInPalette, type PaletteItem } from "./palette-items";

interface Props {
  readonly open: boolean;
  readonly commands: readonly Command[];
  readonly onLeave: () => void;
  /** An instrument was chosen: the ticket opens on it. */
  readonly onInstrument: (conId: number) => void;
  /** An underlying was chosen: the chain of its options opens. */
  readonly onOptions: (conId: number) => void;
}

export function Palette({ open, commands, onLeave, onInstrument, onOptions }: Props) {
  const backend = useBackend();
  const choose = (item: PaletteItem) => {
    onLeave();
    // The palette has to be gone before what it opens, which takes the focus.
    setTimeout(() => {
      if (item.kind === "instrument") return onInstrument(item.match.conId);
      if (item.kind === "options") onOptions(item.match.conId);
      else item.command.run();
      if (item.kind === "options" || item.command.leads) document.getElementById("main")?.focus({ preventScroll: true });
    });
  };
  return (
    <Modal open={open} onLeave={onLeave} title="Commands and instruments" testId="palette" tone="palette" hideTitle>
      <SearchBox<PaletteItem>
        label="Command, symbol or name"
        placeholder="Type a command, a symbol or a name"
        testId="palette-search"
        initial={commands.filter(({ id }) => id !== "palette").map((command) => ({ kind: "command", command }))}
        search={(pattern) => findInPalette(commands, backend, pattern)}
        keyOf={(item) => (item.kind === "command" ? item.command.id : String(item.match.conId))}
        render={(item) => <PaletteLine item={item} />}
        onChoose={choose}
        nothing={(pattern) => `Nothing is called “${pattern}”.`}
      />
    </Modal>
  );
}

function PaletteLine({ item }: { readonly item: PaletteItem }) {
  if (item.kind !== "command") {
    const { match } = item;
    return (
      <>
        <strong className="match-symbol">{match.symbol}</strong>
        <span className="match-name">{match.name ?? ""}</span>
        <span className="hint">{securityKindWords(match.kind)} {match.exchange}: open {item.kind === "options" ? "its options" : "the ticket"}</span>
      </>
    );
  }
  return (
    <>
      <span className="match-name">{item.command.title}</span>
      {item.command.keys && <kbd>{keyCaps(item.command.keys)}</kbd>}
    </>
  );
}
