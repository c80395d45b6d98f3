import type { ModeOnView } from "../../backend/backend";
import { useValue } from "../../lib/value-store";
import { useLive } from "../../live/context";

const NONE: readonly ModeOnView[] = [];

/** The modes that are on, said beside every screen for as long as they are. */
export function ModeBanner({ onShow }: { readonly onShow: () => void }) {
  const modes = useValue(useLive().rules)?.modes ?? NONE;
  if (modes.length === 0) return null;
  return (
    <div className="banner" role="status" data-testid="mode-banner">
      <div>
        {modes.map(({ rule, title, account, says }) => (
          <p key={`${rule} ${account ?? ""}`} data-testid={`mode-on-${rule}`}>
            <strong>{title}</strong>
            {account === null ? "" : ` in ${account}`}: {says}.
          </p>
        ))}
      </div>
      <button type="button" onClick={onShow} data-testid="mode-banner-show">
        Show the modes
      </button>
    </div>
  );
}
