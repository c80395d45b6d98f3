import { useValue } from "../../lib/value-store";
import { useLive } from "../../live/context";

/** Said beside every screen for as long as the rule file is not what holds. */
export function RulesBanner({ onShow }: { readonly onShow: () => void }) {
  const fault = useValue(useLive().rules)?.fault ?? null;
  if (fault === null) return null;
  return (
    <div className="banner" role="alert" data-testid="rules-banner">
      <p>
        <strong>Your rules could not be read.</strong> {fault}
      </p>
      <button type="button" onClick={onShow} data-testid="rules-banner-show">
        Show the rules
      </button>
    </div>
  );
}
