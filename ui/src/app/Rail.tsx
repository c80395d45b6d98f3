import { RailIcon } from "./RailIcon";
import { type RailScreen, type Screen, SCREENS } from "./view";

const TITLES: Record<RailScreen, string> = { portfolio: "Portfolio", options: "Options", orders: "Orders", rebalance: "Rebalance", rules: "Rules", journal: "Journal", settings: "Settings" };

export function Rail({ screen, onGo }: { readonly screen: Screen; readonly onGo: (screen: Screen) => void }) {
  return (
    <nav className="rail" aria-label="Screens">
      {SCREENS.map((each) => (
        <button
          key={each}
          type="button"
          className="rail-item"
          aria-current={each === screen ? "page" : undefined}
          onClick={() => onGo(each)}
          data-testid={`nav-${each}`}
        >
          <RailIcon screen={each} />
          {TITLES[each]}
        </button>
      ))}
    </nav>
  );
}
