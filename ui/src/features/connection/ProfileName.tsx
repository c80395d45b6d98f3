import { ColourMark } from "../../components/ColourMark";
import { useValue } from "../../lib/value-store";
import { useLive } from "../../live/context";

/** Which connection this window serves; the way to all of them. */
export function ProfileName({ onShow }: { readonly onShow: () => void }) {
  const profile = useValue(useLive().link)?.profile ?? null;
  if (!profile) return null;
  return (
    <button type="button" className="profile-button" onClick={onShow} aria-label={`Connection ${profile.name}: show all connections`} data-tip="The connection that this window serves" data-testid="connection-name">
      <ColourMark colour={profile.colour} />
      <span className="profile-button-name">{profile.name}</span>
      {profile.readOnly && <span className="hint">read-only</span>}
    </button>
  );
}
