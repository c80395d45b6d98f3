import { useState } from "react";
import type { ProfileDraft } from "../../backend/backend";
import { Face } from "../../components/Face";
import { DeleteDialog } from "./DeleteDialog";
import { draftOf, FRESH } from "./profile-words";
import { ProfileForm } from "./ProfileForm";
import { ProfileRow } from "./ProfileRow";
import { useProfiles } from "./use-profiles";

interface Props {
  /** The window serves another profile now: the page has to be begun anew. */
  readonly onServeOther: () => void;
}

/** The connection profiles: which there are, which are open, and what is set of them. */
export function Connections({ onServeOther }: Props) {
  const profiles = useProfiles(onServeOther);
  const { view, error, busy } = profiles;
  const [editing, setEditing] = useState<ProfileDraft | null>(null);
  const [deleting, setDeleting] = useState<{ readonly id: string; readonly name: string } | null>(null);
  if (!view) {
    return error ? (
      <Face kind="broken" title="Gatehouse can't say which connections there are." actions={<button type="button" onClick={() => void profiles.again()}>Ask again</button>}>
        {error}
      </Face>
    ) : (
      <Face kind="loading" title="Asking which connections there are." />
    );
  }
  const add = (
    <button type="button" onClick={() => setEditing(FRESH)} data-testid="profile-add">
      New connection…
    </button>
  );
  return (
    <section className="connections" aria-labelledby="settings-connections" data-testid="connections">
      <h2 id="settings-connections">Connections</h2>
      {view.fault && <Face kind="broken" title="The file of the connections can't be read." testId="profiles-fault">{view.fault} A change here writes it anew and keeps the broken one beside it.</Face>}
      {view.notTaken && <p className="setting-note" role="status" data-testid="profiles-not-taken">{view.notTaken}</p>}
      {view.fixed.map((says) => (
        <p key={says} className="setting-note" data-testid="profiles-fixed">
          {says}
        </p>
      ))}
      {view.profiles.length === 0 ? (
        <Face kind="empty" title="No connection is set up yet." actions={add}>
          A connection names a TWS or IB Gateway on this computer, and what you expect to find there.
        </Face>
      ) : (
        <>
          <ul className="profiles">
            {view.profiles.map((one) => (
              <ProfileRow
                key={one.profile.id}
                view={one}
                connected={view.connected}
                fixed={view.gatewayFixed}
                busy={busy}
                onConnect={() => void profiles.connect(one.profile.id)}
                onDisconnect={() => void profiles.disconnect()}
                onBeside={() => void profiles.openBeside(one.profile.id).then(profiles.again)}
                onEdit={() => setEditing(draftOf(one.profile))}
                onDelete={() => setDeleting(one.profile)}
              />
            ))}
          </ul>
          <div className="row">{add}</div>
        </>
      )}
      {error && <p className="fault-note" role="alert" data-testid="profiles-error">{error}</p>}
      {editing && <ProfileForm key={editing.id ?? ""} draft={editing} isHere={editing.id !== null && editing.id === view.current} timeZone={view.timeZone} busy={busy} error={error} onSave={profiles.save} onLeave={() => setEditing(null)} />}
      <DeleteDialog
        name={deleting?.name ?? null}
        onDelete={() => {
          if (deleting) void profiles.forget(deleting.id);
          setDeleting(null);
        }}
        onLeave={() => setDeleting(null)}
      />
    </section>
  );
}
