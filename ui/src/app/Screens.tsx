import type { CancelScope } from "../backend/backend";
import { Chain } from "../features/chain/Chain";
import type { Tray } from "../features/chain/tray";
import { NO_FILTER } from "../features/journal/filter";
import { Journal } from "../features/journal/Journal";
import { Orders } from "../features/orders/Orders";
import type { Ticket } from "../features/order-ticket/ticket";
import { Portfolio } from "../features/portfolio/Portfolio";
import { Rebalance } from "../features/rebalance/Rebalance";
import type { Rebalancing } from "../features/rebalance/rebalancing";
import { Rules } from "../features/rules/Rules";
import { Connections } from "../features/profiles/Connections";
import { preferences, rowHeightOf } from "../features/settings/preferences";
import { Starter } from "../features/starter/Starter";
import { Settings } from "../features/settings/Settings";
import { Wizard } from "../features/wizard/Wizard";
import { useValue, type ValueStore } from "../lib/value-store";
import type { Actions } from "./commands";
import { goOnAfterwards } from "./first-start";
import { show, type View } from "./view";

interface Props {
  readonly view: ValueStore<View>;
  readonly ticket: Ticket;
  /** The legs picked from the chain. */
  readonly tray: Tray;
  /** The targets and the plan made from them. */
  readonly rebalancing: Rebalancing;
  readonly actions: Actions;
  readonly onCancelMany: (scope: CancelScope) => void;
}

/** The screen that the rail points at. Screens know nothing of each other: what leads from one to another is here. */
export function Screens({ view: store, ticket, tray, rebalancing, actions, onCancelMany }: Props) {
  const view = useValue(store);
  const rowHeight = rowHeightOf(useValue(preferences));
  switch (view.screen) {
    case "portfolio":
      return (
        <Portfolio
          account={view.account}
          onTrade={(trade) => {
            ticket.prefill({ ...trade, account: trade.account ?? "" });
            actions.focusTicket();
          }}
          onOptions={actions.showOptions}
          onConnectNow={actions.connectNow}
          rowHeight={rowHeight}
        />
      );
    case "options":
      return (
        <Chain
          underlying={view.underlying}
          account={view.account}
          tray={tray}
          onUnderlying={(underlying) => show(store, { underlying })}
          onOrder={(order) => {
            ticket.prefillLegs({ ...order, account: order.account ?? view.account ?? "" });
            actions.focusTicket();
          }}
          rowHeight={rowHeight}
        />
      );
    case "orders":
      return (
        <Orders
          account={view.account}
          onShowIntent={(intent) => show(store, { screen: "journal", journal: { ...NO_FILTER, intent } })}
          onCancelMany={onCancelMany}
          onChange={(order) => void ticket.change(order.key).then(actions.focusTicket)}
          onPreviewChange={(order, typed) => void ticket.previewChange(order.key, typed).then(actions.focusTicket)}
          onMend={(order, mend) => void ticket.remake(order.key, mend).then(actions.focusTicket)}
        />
      );
    case "rebalance":
      return <Rebalance rebalancing={rebalancing} />;
    case "rules":
      return <Rules />;
    case "journal":
      return <Journal filter={view.journal} onFilter={(journal) => show(store, { journal })} rowHeight={rowHeight} />;
    case "wizard":
      return (
        <Wizard
          startAt={view.wizardAt}
          onLeave={() => show(store, { screen: "portfolio", wizardAt: "have" })}
          onServeOther={() => {
            goOnAfterwards();
            window.location.reload();
          }}
        />
      );
    case "settings":
      return <Settings onShowKeys={actions.openHelp} connections={<Connections onServeOther={() => window.location.reload()} />} starter={(secrets, onSecret) => <Starter secrets={secrets} onSecret={onSecret} />} />;
  }
}
