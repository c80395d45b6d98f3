import type { ProfileView } from "../../backend/backend";
import { ColourMark } from "../../components/ColourMark";
import { standingOf, traitsOf } from "./profile-words";

interface Props {
  readonly view: ProfileView;
  /** Whether this window wants a connection now. */
  readonly connected: boolean;
  /** The command line names the gateway, so no other profile can be connected here. */
  readonly fixed: boolean;
  readonly busy: boolean;
  readonly onConnect: () => void;
  readonly onDisconnect: () => void;
  readonly onBeside: () => void;
  readonly onEdit: () => void;
  readonly onDelete: () => void;
}

/** One profile and what can be done with it. */
export function ProfileRow({ view, connected, fixed, busy, onConnect, onDisconnect, onBeside, onEdit, onDelete }: Props) {
  const { profile, here, elsewhere, later } = view;
  const { id, name } = profile;
  return (
    <li className="profile" data-testid={`profile-${id}`} data-here={here} data-elsewhere={elsewhere}>
      <div className="profile-head">
        <strong className="profile-name">
          <ColourMark colour={profile.colour} />
          {name}
        </strong>
        <span className="hint" data-testid={`profile-${id}-standing`}>{standingOf(view, connected)}</span>
      </div>
      <p className="hint block">{traitsOf(view)}</p>
      {later && <p className="setting-note" data-testid={`profile-${id}-later`}>What you set of address, client id and orders made in TWS holds from the next connection on.</p>}
      <div className="row">
        {here && connected && !later ? (
          <button type="button" disabled={busy} onClick={onDisconnect} aria-label={`Disconnect ${name}`} data-testid={`profile-${id}-disconnect`}>
            Disconnect
          </button>
        ) : (
          <button type="button" disabled={busy || elsewhere || (fixed && !here)} onClick={onConnect} aria-label={`Connect ${name}`} data-testid={`profile-${id}-connect`}>
            {here && later ? "Connect anew" : here ? "Connect" : "Connect here"}
          </button>
        )}
        {!here && (
          <button type="button" disabled={busy || elsewhere} onClick={onBeside} aria-label={`Open ${name} in a window of its own`} data-testid={`profile-${id}-beside`}>
            Open beside
          </button>
        )}
        <button type="button" disabled={busy} onClick={onEdit} aria-label={`Edit ${name}`} data-testid={`profile-${id}-edit`}>
          Edit…
        </button>
        {!here && !elsewhere && (
          <button type="button" disabled={busy} onClick={onDelete} aria-label={`Delete ${name}`} data-testid={`profile-${id}-delete`}>
            Delete…
          </button>
        )}
      </div>
    </li>
  );
}
