import { useEffect, useState } from "react";
import { asBackendError, type ConfigPreview, type ConfigWritten } from "../../backend/backend";
import { useBackend } from "../../backend/context";
import { Face } from "../../components/Face";
import { Modal } from "../../components/Modal";

interface Props {
  readonly onDone: () => void;
  readonly onLeave: () => void;
}

/** What would change in IBC's settings, and writing them. */
export function ConfigDialog({ onDone, onLeave }: Props) {
  const backend = useBackend();
  const [preview, setPreview] = useState<ConfigPreview | null>(null);
  const [written, setWritten] = useState<ConfigWritten | null>(null);
  const [error, setError] = useState<string | null>(null);
  useEffect(() => {
    backend.starterConfig().then(setPreview, (thrown: unknown) => setError(asBackendError(thrown).message));
  }, [backend]);
  const write = (seen: string) => {
    setError(null);
    backend.writeStarterConfig(seen).then(
      (done) => {
        setWritten(done);
        onDone();
      },
      (thrown: unknown) => setError(asBackendError(thrown).message),
    );
  };
  const differs = preview !== null && (preview.changes.length > 0 || !preview.exists);
  return (
    <Modal open onLeave={onLeave} title="IBC's settings" testId="config-dialog">
      {!preview && !error && <Face kind="loading" title="Reading IBC's settings." />}
      {written ? (
        <>
          <p data-testid="config-written">
            Written: <code className="selectable">{written.path}</code>. Only you can read it, and no password is in it.
          </p>
          {written.copy && (
            <p>
              What stood there before lies in <code className="selectable">{written.copy}</code>.
            </p>
          )}
          {written.copyHoldsPassword && <p className="setting-note" data-testid="config-copy-warns">A password stands in that copy, as it stood in the file. Delete the copy once all works.</p>}
        </>
      ) : (
        preview && (
          <>
            {differs ? (
              <>
                <p>
                  <code className="selectable">{preview.path}</code> {preview.exists ? "is there. What stands in it stays, but for this:" : "is not there yet. It is going to hold:"}
                </p>
                <Changes preview={preview} />
              </>
            ) : (
              <p data-testid="config-same">
                <code className="selectable">{preview.path}</code> is as you set it: nothing has to be written.
              </p>
            )}
            {preview.holdsPassword && <p className="setting-note" data-testid="config-holds-password">A password stands in this file now, where every program that runs as you can read it. Gatehouse takes it out and writes none.</p>}
            <p className="hint block">{differs && preview.exists && "A copy of what stands there is kept beside it. "}IB Gateway's own jts.ini is left alone.</p>
          </>
        )
      )}
      {error && (
        <p className="fault-note" role="alert" data-testid="config-error">
          {error}
        </p>
      )}
      <div className="modal-actions">
        <button type="button" onClick={onLeave} data-testid="config-leave">
          {written || !differs ? "Close" : "Leave it as it is"}
        </button>
        {differs && !written && (
          <button type="button" className="primary" onClick={() => write(preview.seen)} data-testid="config-write">
            Write them
          </button>
        )}
      </div>
    </Modal>
  );
}

function Changes({ preview }: { readonly preview: ConfigPreview }) {
  return (
    <table className="config-changes" data-testid="config-changes">
      <thead>
        <tr>
          <th scope="col">Setting</th>
          <th scope="col">Now</th>
          <th scope="col">Then</th>
        </tr>
      </thead>
      <tbody>
        {preview.changes.map(({ key, before, after }) => (
          <tr key={key}>
            <th scope="row">
              <code>{key}</code>
            </th>
            <td>{before === null ? "not set" : before === "" ? "empty" : before}</td>
            <td>{after === "" ? "empty" : after}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
