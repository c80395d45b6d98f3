import { useEffect, useRef, useState } from "react";
import { asBackendError, type BackupView, type ExportFormat, type JournalHeadView, type VerificationView } from "../../backend/backend";
import { useBackend } from "../../backend/context";
import { Choice } from "../../components/Choice";
import { Field } from "../../components/Field";
import { Modal } from "../../components/Modal";
import { asked, isFiltered, type JournalFilter } from "./filter";

interface Props {
  readonly open: boolean;
  readonly onLeave: () => void;
  readonly head: JournalHeadView | null;
  readonly filter: JournalFilter;
}

const FORMATS = [
  { value: "jsonLines", label: "JSON Lines", testId: "export-json" },
  { value: "csv", label: "CSV", testId: "export-csv" },
] as const;

/** Takes the journal elsewhere: an export, a whole copy, and the head that proves it later. */
export function CopiesDialog({ open, onLeave, head, filter }: Props) {
  const back = useRef<HTMLButtonElement>(null);
  return (
    <Modal open={open} onLeave={onLeave} title="Copies and proof" initialFocus={back} testId="journal-copies" tone="wide">
      <Export filter={filter} />
      <Backups isOpen={open} />
      <Proof head={head} />
      <div className="modal-actions">
        <button ref={back} type="button" onClick={onLeave} data-testid="journal-copies-close">
          Close
        </button>
      </div>
    </Modal>
  );
}

function Export({ filter }: { readonly filter: JournalFilter }) {
  const backend = useBackend();
  const [format, setFormat] = useState<ExportFormat>("jsonLines");
  const { busy, says, error, ask } = useAsked();
  const run = () =>
    ask(async () => {
      const { path, records } = await backend.exportJournal({ before: null, limit: 0, ...asked(filter) }, format);
      return `${records} ${records === 1 ? "record is" : "records are"} in ${path}`;
    });
  return (
    <section className="copies-part" aria-label="Export">
      <h3>Export</h3>
      <p>{isFiltered(filter) ? "The records that the filters show, oldest first." : "Every record, oldest first. Set filters before to export an account or some days."}</p>
      <div className="row">
        <Choice label="Format" options={FORMATS} value={format} onChange={setFormat} />
        <button type="button" disabled={busy} onClick={run} data-testid="journal-export">
          {busy ? "Writing…" : "Export"}
        </button>
      </div>
      <Outcome says={says} error={error} testId="journal-exported" />
    </section>
  );
}

function Backups({ isOpen }: { readonly isOpen: boolean }) {
  const backend = useBackend();
  const [view, setView] = useState<BackupView | null>(null);
  const { busy, says, error, ask } = useAsked();
  useEffect(() => {
    if (!isOpen) return;
    let late = false;
    backend.journalBackups().then(
      (now) => !late && setView(now),
      () => undefined,
    );
    return () => {
      late = true;
    };
  }, [backend, isOpen]);
  const run = () =>
    ask(async () => {
      const made = await backend.backUpJournal();
      setView(made);
      return `A copy of ${made.records ?? 0} records was made and checked: ${made.path ?? made.folder}`;
    });
  return (
    <section className="copies-part" aria-label="Backup">
      <h3>Backup</h3>
      <p>
        Nothing is ever deleted from the journal. A whole copy is made and checked on each day on which Gatehouse starts; the newest {view?.kept ?? 14} are kept
        {view && (
          <>
            {" "}
            in <code className="path">{view.folder}</code>
          </>
        )}
        .
      </p>
      <p className="hint block" data-testid="journal-last-backup">
        {view?.day ? `The newest is of ${view.day} (UTC) and has ${view.records ?? "—"} records.` : view ? "There is none yet." : "Looking for the newest."}
      </p>
      {view?.fault && <p className="fault-note">{view.fault}</p>}
      <button type="button" disabled={busy} onClick={run} data-testid="journal-back-up">
        {busy ? "Copying…" : "Back up now"}
      </button>
      <Outcome says={says} error={error} testId="journal-backed-up" />
    </section>
  );
}

function Proof({ head }: { readonly head: JournalHeadView | null }) {
  const backend = useBackend();
  const [noted, setNoted] = useState("");
  const [verdict, setVerdict] = useState<VerificationView | null>(null);
  const { busy, error, ask } = useAsked();
  const run = () =>
    ask(async () => {
      setVerdict(null);
      setVerdict(await backend.verifyJournal(noted.trim() || null));
      return null;
    });
  const text = head ? `${head.seq}:${head.hash}` : "";
  return (
    <section className="copies-part" aria-label="Proof">
      <h3>Proof</h3>
      <p>
        The head is the newest record's number and hash. Note it down where this computer's programs can't write, on paper or in a mail to yourself: a journal that passes through it later was not rewritten
        up to there.
      </p>
      <code className="hash" tabIndex={0} data-testid="journal-head">
        {text || "—"}
      </code>
      <Copy text={text} />
      <Field label="A head that you noted" placeholder="number:hash" value={noted} onChange={(event) => setNoted(event.target.value)} testId="journal-noted" />
      <button type="button" disabled={busy || noted.trim() === ""} onClick={run} data-testid="journal-prove">
        {busy ? "Checking…" : "Check against it"}
      </button>
      {verdict && (
        <p className={verdict.intact ? "verdict-intact" : "verdict-broken"} role="status" data-testid="journal-proved" data-intact={verdict.intact}>
          {verdict.says}
        </p>
      )}
      <Outcome says={null} error={error} testId="journal-prove" />
    </section>
  );
}

function Copy({ text }: { readonly text: string }) {
  const [copied, setCopied] = useState<string | null>(null);
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setCopied("Copied."),
      () => setCopied("It can't be copied here: select it and copy it by hand."),
    );
  return (
    <p className="row">
      <button type="button" className="small" disabled={text === ""} onClick={() => void copy()} data-testid="journal-copy-head">
        Copy the head
      </button>
      {copied && (
        <span className="hint" role="status">
          {copied}
        </span>
      )}
    </p>
  );
}

function Outcome({ says, error, testId }: { readonly says: string | null; readonly error: string | null; readonly testId: string }) {
  return (
    <>
      {says && (
        <p role="status" className="copies-done" data-testid={testId}>
          {says}
        </p>
      )}
      {error && (
        <p className="fault-note" role="alert" data-testid={`${testId}-error`}>
          {error}
        </p>
      )}
    </>
  );
}

/** One question at a time, with what came of the last one. */
function useAsked() {
  const [busy, setBusy] = useState(false);
  const [says, setSays] = useState<string | null>(null);
  const [error, setError] = useState<string | null>(null);
  const ask = (question: () => Promise<string | null>) => {
    setBusy(true);
    setError(null);
    question()
      .then(setSays, (thrown: unknown) => {
        setSays(null);
        setError(asBackendError(thrown).message);
      })
      .finally(() => setBusy(false));
  };
  return { busy, says, error, ask };
}
