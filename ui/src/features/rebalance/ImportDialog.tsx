import { useId, useState } from "react";
import { asBackendError, type TargetInput, type TargetsRead } from "../../backend/backend";
import { useBackend } from "../../backend/context";
import { Modal } from "../../components/Modal";

interface Props {
  readonly onTake: (rows: readonly TargetInput[]) => void;
  readonly onLeave: () => void;
}

/** Targets out of a spreadsheet: pasted, or a CSV file. Nothing typed before is lost unless the person takes what was read. */
export function ImportDialog({ onTake, onLeave }: Props) {
  const backend = useBackend();
  const id = useId();
  const [text, setText] = useState("");
  const [read, setRead] = useState<TargetsRead | null>(null);
  const [error, setError] = useState<string | null>(null);
  const fill = (next: string) => {
    setText(next);
    setRead(null);
    setError(null);
  };
  const take = (rows: readonly TargetInput[]) => {
    onTake(rows);
    onLeave();
  };
  const look = async () => {
    try {
      const found = await backend.readTargets(text);
      if (found.faults.length === 0) return take(found.rows);
      setRead(found);
    } catch (thrown) {
      setError(asBackendError(thrown).message);
    }
  };
  return (
    <Modal open onLeave={onLeave} title="Paste or import targets" tone="wide" testId="import-dialog">
      <p className="hint">A line for each: account (if any), symbol or #tag, weight %, band % (if any). Commas, semicolons or tabs; a first line of names may change the order.</p>
      <label className="label" htmlFor={`${id}-text`}>The table</label>
      <textarea id={`${id}-text`} className="input import-text" rows={10} spellCheck={false} value={text} placeholder={"symbol,weight %,band %\nVTI,60,5\nBND,40,5"} onChange={(event) => fill(event.target.value)} data-testid="import-text" />
      <label className="label" htmlFor={`${id}-file`}>Or a file</label>
      <input
        id={`${id}-file`}
        type="file"
        accept=".csv,.tsv,.txt,text/csv"
        onChange={(event) => {
          const file = event.target.files?.[0];
          if (file) void file.text().then(fill, (thrown: unknown) => setError(asBackendError(thrown).message));
        }}
        data-testid="import-file"
      />
      {read && (
        <div className="fault-note" role="alert" data-testid="import-faults">
          <p>{`${read.rows.length} of ${read.rows.length + read.faults.length} lines could be read:`}</p>
          <ul>
            {read.faults.map((fault) => <li key={`${fault.line} ${fault.says}`}>{`Line ${fault.line}: ${fault.says}`}</li>)}
          </ul>
        </div>
      )}
      {error && <p className="fault-note" role="alert">{error}</p>}
      <div className="modal-actions">
        <button type="button" onClick={onLeave} data-testid="import-leave">Leave the table as it is</button>
        {read && read.rows.length > 0 && <button type="button" onClick={() => take(read.rows)} data-testid="import-partly">{`Take the ${read.rows.length} that could be read`}</button>}
        <button type="button" className="primary" disabled={text.trim() === ""} onClick={() => void look()} data-testid="import-take">Put into the table</button>
      </div>
    </Modal>
  );
}
