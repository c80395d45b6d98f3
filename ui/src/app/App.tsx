import { useEffect, useMemo, useState, useSyncExternalStore } from "react";
import type { CancelScope } from "../backend/backend";
import { useBackend } from "../backend/context";
import { Face } from "../components/Face";
import { TipLayer } from "../components/TipLayer";
import { Tray } from "../features/chain/tray";
import { ConnectionBanner } from "../features/connection/ConnectionBanner";
import { Held } from "../features/connection/Held";
import { JournalBanner } from "../features/connection/JournalBanner";
import { Notices } from "../features/connection/Notices";
import { LinkState } from "../features/connection/LinkState";
import { ModeBanner } from "../features/connection/ModeBanner";
import { StopBanner } from "../features/connection/StopBanner";
import { StopButton } from "../features/connection/StopButton";
import { StopDialog } from "../features/connection/StopDialog";
import { OrderTicket } from "../features/order-ticket/OrderTicket";
import type { Ticket } from "../features/order-ticket/ticket";
import { CancelDialog } from "../features/orders/CancelDialog";
import { StandingOrders } from "../features/orders/StandingOrders";
import { Rebalancing } from "../features/rebalance/rebalancing";
import { LockedCancel } from "../features/lock/LockedCancel";
import { LockScreen } from "../features/lock/LockScreen";
import { RulesBanner } from "../features/rules/RulesBanner";
import { preferences } from "../features/settings/preferences";
import { accountWords, hasOptions } from "../lib/words";
import { useKeys, useLive } from "../live/context";
import { useValue, type ValueStore } from "../lib/value-store";
import { cancelWords, EVERYTHING } from "./cancel-scope";
import { type Actions, commandsOf, STOP_KEYS } from "./commands";
import { Dock } from "./Dock";
import { wizardAtStart } from "./first-start";
import { HelpSheet } from "./HelpSheet";
import { keyCaps, useKeymap } from "./keymap";
import { Palette } from "./Palette";
import { Rail } from "./Rail";
import { Screens } from "./Screens";
import { TopBar } from "./TopBar";
import { type Screen, show, type View } from "./view";

/** What can be looked at while the login is not the expected one: no figure of it stands there. */
const APART: ReadonlySet<Screen> = new Set(["rules", "journal", "settings", "wizard"]);

interface Props {
  readonly ticket: Ticket;
  readonly view: ValueStore<View>;
  /** Why the stream could not be opened. */
  readonly broken: ValueStore<string | null>;
}

export function App({ ticket, view: viewStore, broken }: Props) {
  const backend = useBackend();
  const live = useLive();
  const view = useValue(viewStore);
  const looks = useValue(preferences);
  const fault = useValue(broken);
  const accountIds = useKeys(live.accounts);
  const ordered = useSyncExternalStore(ticket.state.subscribe, () => ticket.state.get().instrument);
  const [tray] = useState(() => new Tray());
  const [rebalancing] = useState(() => new Rebalancing(backend, live));
  const [sheet, setSheet] = useState<"palette" | "help" | null>(null);
  const [cancelling, setCancelling] = useState<CancelScope | null>(null);
  const [stopping, setStopping] = useState(false);
  const [unreached, setUnreached] = useState<string | null>(null);
  const link = useValue(live.link);
  const mode = link?.mode ?? "unknown";
  const held = (link?.held ?? null) !== null;
  const stopped = (useValue(live.trading)?.stoppedSince ?? null) !== null;
  const locked = (useValue(live.lock)?.lockedSince ?? null) !== null;

  useEffect(() => {
    // A program that can't say so has its fault shown elsewhere.
    wizardAtStart(backend).then(
      (at) => {
        // Whoever has gone somewhere else meanwhile stays there.
        if (at !== null && viewStore.get().screen === "portfolio") show(viewStore, { screen: "wizard", wizardAt: at });
      },
      () => undefined,
    );
  }, [backend, viewStore]);

  const actions = useMemo<Actions>(
    () => ({
      go: (screen) => show(viewStore, { screen, wizardAt: "have" }),
      showOptions: (underlying) => show(viewStore, underlying === null ? { screen: "options" } : { screen: "options", underlying }),
      chooseAccount: (account) => {
        show(viewStore, { account });
        if (account !== null) ticket.offerAccount(account);
      },
      focusTicket,
      newTicket: () => ticket.clear(),
      openPalette: () => setSheet("palette"),
      openHelp: () => setSheet("help"),
      cancelAll: (account) => {
        setSheet(null);
        setCancelling(account === null ? EVERYTHING : { type: "account", account });
      },
      stopTrading: () => {
        setSheet(null);
        setCancelling(null);
        setStopping(false);
        // A stop that did not come through is asked for again, aloud.
        backend.stopTrading().then(({ reached, says }) => reached || setUnreached(says), () => setStopping(true));
      },
      askToStop: () => {
        setSheet(null);
        setStopping(true);
      },
      lock: () => {
        setSheet(null);
        setCancelling(null);
        void backend.lock().catch(() => show(viewStore, { screen: "settings" }));
      },
      // What comes of it shows in the banner.
      connectNow: () => void backend.connectNow().catch(() => undefined),
      putNoticesAway: () => live.putAllNoticesAway(),
    }),
    [viewStore, ticket, backend, live],
  );
  const commands = useMemo(
    () => commandsOf(actions, accountIds.map((id) => ({ id, words: accountWords(live.accounts.get(id)) })), ordered && hasOptions(ordered) ? ordered : null),
    // The titles of two commands depend on the looks.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
    [actions, accountIds, live, looks, ordered],
  );
  const findFault = () => show(viewStore, { screen: "wizard", wizardAt: "prove" });
  const orderOf = (conId: number) => {
    ticket.prefill({ conId, account: view.account ?? undefined });
    focusTicket();
  };
  const stop = (
    <StopDialog
      open={stopping || unreached !== null}
      said={unreached}
      keys={keyCaps(STOP_KEYS)}
      onUnreached={setUnreached}
      onLeave={() => {
        setStopping(false);
        setUnreached(null);
      }}
    />
  );
  // Behind the lock only what stops and cancels.
  const within = useMemo(() => (locked ? commands.filter(({ always }) => always) : commands), [commands, locked]);
  useKeymap(within, sheet !== null || cancelling !== null || stopping || unreached !== null);

  if (locked) {
    return (
      <>
        <LockScreen status={<LinkState onWizard={null} />} actions={stopped ? <strong data-testid="lock-stopped">Trading is stopped</strong> : <StopButton onAsk={actions.askToStop} />} onCancelAll={() => actions.cancelAll(null)} />
        <LockedCancel open={cancelling !== null} onLeave={() => setCancelling(null)} />
        {(!stopped || unreached !== null) && stop}
        <TipLayer />
      </>
    );
  }
  return (
    <div className={`frame frame-${mode}`} data-testid="frame" data-mode={mode}>
      <TopBar account={view.account} onAccount={actions.chooseAccount} onProfile={() => actions.go("settings")} onWizard={findFault} onSearch={actions.openPalette} onStop={actions.askToStop} />
      <Rail screen={view.screen} onGo={actions.go} />
      <main className="main" id="main" tabIndex={-1}>
        <StopBanner standing={<StandingOrders />} onLift={actions.askToStop} />
        <Held onSettings={() => actions.go("settings")} />
        <ConnectionBanner onFind={view.screen === "wizard" ? null : findFault} />
        <JournalBanner />
        {view.screen !== "rules" && <ModeBanner onShow={() => actions.go("rules")} />}
        {view.screen !== "rules" && <RulesBanner onShow={() => actions.go("rules")} />}
        {fault && <Face kind="broken" title="The window can't reach its own program.">{fault} Close Gatehouse and start it again.</Face>}
        {(!held || APART.has(view.screen)) && <Screens view={viewStore} ticket={ticket} tray={tray} rebalancing={rebalancing} actions={actions} onCancelMany={setCancelling} />}
      </main>
      <Dock width={view.dockWidth} onWidth={(dockWidth) => show(viewStore, { dockWidth })}>
        {held ? <Face kind="empty" title="No order while the login is not the expected one.">Decide beside this first.</Face> : <OrderTicket ticket={ticket} onShowOrders={() => actions.go("orders")} onShowOptions={actions.showOptions} />}
      </Dock>
      <Notices />
      <Palette open={sheet === "palette"} commands={commands} onLeave={() => setSheet(null)} onInstrument={orderOf} onOptions={actions.showOptions} />
      <HelpSheet open={sheet === "help"} commands={commands} onLeave={() => setSheet(null)} />
      <CancelDialog scope={cancelling} words={cancelling ? cancelWords(cancelling, live) : ""} onLeave={() => setCancelling(null)} />
      {stop}
      <TipLayer />
    </div>
  );
}

/** To where the ticket goes on: a preview that can be confirmed, else the account, else the first field, else the first button. */
function focusTicket(): void {
  const places = ["#ticket-dock [data-next]:not(:disabled)", "#ticket-dock .account-choice input:checked", "#ticket-dock form input", "#ticket-dock button"];
  const found = places.map((place) => document.querySelector<HTMLElement>(place)).find((element) => element !== null);
  found?.focus();
}
