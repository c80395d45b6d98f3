//! What the page may ask. Each command hands on to the desk and returns an answer or an
//! [`ApiError`] with a sentence for a person.

pub(crate) mod lock;
pub(crate) mod starter;
pub(crate) mod wizard;

use crate::copies::{BackupView, ExportFormat, ExportView};
use crate::kept_targets::KeptTargets;
use crate::notify::NotifyChoice;
use crate::profiles::{ProfileDraft, ProfileOutcome, ProfilesView};
use crate::program::{AboutView, PageReport, SimAction};
use crate::shell::Shell;
use gatehouse_desk::error::ApiError;
use gatehouse_desk::port::Clock as _;
use gatehouse_desk::port::clock::SystemClock;
use gatehouse_desk::view::{
    CancelOutcome, CancelScope, ChainOutlookInput, ChainOutlookView, ChainView, CheckView,
    DayRangeView, InstrumentView, JournalPage, JournalQuery, LinkHistoryView, MatchView,
    MovesWithView, OfferView, OrderCatalogue, OrderView, OwnRuleChoice, OwnRuleInput, OwnRuleWords,
    OwnTrialView, PayoffInput, PayoffView, PlanInput, PlannedView, PreviewOutcome, RebalanceInput,
    RebalanceOutcome, RuleChoice, RuleOutcome, RulesView, SizeFactsView, StreamMessage,
    StrikesView, TargetsRead, VerificationView,
};
use gatehouse_domain::draft::DraftInput;
use gatehouse_rules::Reason;
use std::sync::Arc;
use tauri::State;
use tauri::ipc::Channel;

type App<'a> = State<'a, Arc<Shell>>;

#[tauri::command]
#[specta::specta]
pub(crate) async fn attach(app: App<'_>, stream: Channel<StreamMessage>) -> Result<(), ApiError> {
    let notifier = app.notifier();
    let tray = app.tray();
    let sink = Box::new(move |message| {
        notifier.hear(&message);
        tray.hear(&message);
        stream.send(message).is_ok()
    });
    app.desk().await?.attach(sink).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn resync(app: App<'_>) -> Result<(), ApiError> {
    app.desk().await?.resync().await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn search(app: App<'_>, pattern: String) -> Result<Vec<MatchView>, ApiError> {
    app.desk().await?.search(&pattern).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn instrument(app: App<'_>, con_id: i32) -> Result<InstrumentView, ApiError> {
    app.desk().await?.instrument(con_id).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn watch(app: App<'_>, con_id: i32) -> Result<(), ApiError> {
    app.desk().await?.watch(con_id).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn unwatch(app: App<'_>, con_id: i32) -> Result<(), ApiError> {
    app.desk().await?.unwatch(con_id).await
}

#[tauri::command]
#[specta::specta]
pub(crate) fn order_catalogue() -> OrderCatalogue {
    OrderCatalogue::all()
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn offer(app: App<'_>, con_id: i32) -> Result<OfferView, ApiError> {
    app.desk().await?.offer(con_id).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn chain(app: App<'_>, con_id: i32) -> Result<ChainView, ApiError> {
    app.desk().await?.chain(con_id).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn strikes(
    app: App<'_>,
    con_id: i32,
    trading_class: String,
    expiry: String,
) -> Result<StrikesView, ApiError> {
    let desk = app.desk().await?;
    desk.strikes(con_id, trading_class, expiry).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn chain_outlook(
    app: App<'_>,
    input: ChainOutlookInput,
) -> Result<ChainOutlookView, ApiError> {
    app.desk().await?.chain_outlook(input).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn volatility_history(app: App<'_>, con_id: i32) -> Result<(), ApiError> {
    app.desk().await?.volatility_history(con_id).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn day_range(app: App<'_>, con_id: i32) -> Result<DayRangeView, ApiError> {
    app.desk().await?.day_range(con_id).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn size_facts(app: App<'_>, account: String) -> Result<SizeFactsView, ApiError> {
    app.desk().await?.size_facts(&account).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn moves_with(
    app: App<'_>,
    account: String,
    con_id: i32,
) -> Result<MovesWithView, ApiError> {
    app.desk().await?.moves_with(&account, con_id).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn payoff(app: App<'_>, input: PayoffInput) -> Result<PayoffView, ApiError> {
    app.desk().await?.payoff(input).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn plan(app: App<'_>, input: PlanInput) -> Result<PlannedView, ApiError> {
    app.desk().await?.plan(input).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn ladder(app: App<'_>, con_id: i32) -> Result<Vec<InstrumentView>, ApiError> {
    app.desk().await?.ladder(con_id).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn show_options(app: App<'_>, con_ids: Vec<i32>) -> Result<(), ApiError> {
    app.desk().await?.show_options(&con_ids).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn refill(app: App<'_>, order_key: String) -> Result<DraftInput, ApiError> {
    app.desk().await?.refill(&order_key).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn remake(app: App<'_>, order_key: String) -> Result<DraftInput, ApiError> {
    app.desk().await?.remake(&order_key).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn use_delayed_data(app: App<'_>) -> Result<(), ApiError> {
    app.desk().await?.use_delayed_data().await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn rebalance(
    app: App<'_>,
    input: RebalanceInput,
) -> Result<RebalanceOutcome, ApiError> {
    app.desk().await?.rebalance(input).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn watch_targets(app: App<'_>, con_ids: Vec<i32>) -> Result<(), ApiError> {
    app.desk().await?.watch_targets(&con_ids).await
}

#[tauri::command]
#[specta::specta]
pub(crate) fn read_targets(text: String) -> TargetsRead {
    TargetsRead::from_text(&text)
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn kept_targets(app: App<'_>) -> Result<KeptTargets, ApiError> {
    app.kept_targets().await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn keep_targets(app: App<'_>, input: RebalanceInput) -> Result<(), ApiError> {
    app.keep_targets(&input).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn check(app: App<'_>, draft: DraftInput) -> Result<CheckView, ApiError> {
    app.desk().await?.check(draft).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn preview(app: App<'_>, draft: DraftInput) -> Result<PreviewOutcome, ApiError> {
    app.desk().await?.preview(draft).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn confirm(
    app: App<'_>,
    preview_id: String,
    typed: Option<String>,
    reasons: Vec<Reason>,
) -> Result<OrderView, ApiError> {
    // What another window has set of the rules holds for this order already.
    app.follow_rule_file().await?;
    let desk = app.desk().await?;
    desk.confirm_typed(&preview_id, typed, reasons).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn stop_trading(app: App<'_>) -> Result<CancelOutcome, ApiError> {
    app.desk().await?.stop_trading().await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn resume_trading(app: App<'_>) -> Result<(), ApiError> {
    app.desk().await?.resume_trading().await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn arm_live(app: App<'_>, minutes: u32, typed: String) -> Result<(), ApiError> {
    app.desk().await?.arm(minutes, typed).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn disarm_live(app: App<'_>) -> Result<(), ApiError> {
    app.desk().await?.disarm().await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn rules(app: App<'_>) -> Result<RulesView, ApiError> {
    app.desk().await?.rules().await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn set_rule(app: App<'_>, choice: RuleChoice) -> Result<RuleOutcome, ApiError> {
    app.set_rule(choice).await
}

#[tauri::command]
#[specta::specta]
pub(crate) fn own_rule_words() -> OwnRuleWords {
    OwnRuleWords::all()
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn try_own_rule(
    app: App<'_>,
    input: OwnRuleInput,
) -> Result<OwnTrialView, ApiError> {
    app.desk().await?.try_own(input).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn set_own_rule(
    app: App<'_>,
    choice: OwnRuleChoice,
    word: Option<String>,
) -> Result<RuleOutcome, ApiError> {
    app.set_own_rule(choice, word).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn reread_rules(app: App<'_>) -> Result<RulesView, ApiError> {
    app.reread_rules().await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn restore_rules(app: App<'_>) -> Result<RulesView, ApiError> {
    app.restore_rules().await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn abandon(app: App<'_>, preview_id: String) -> Result<(), ApiError> {
    app.desk().await?.abandon(&preview_id).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn cancel(app: App<'_>, order_key: String) -> Result<(), ApiError> {
    app.desk().await?.cancel(&order_key).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn cancel_many(
    app: App<'_>,
    scope: CancelScope,
) -> Result<CancelOutcome, ApiError> {
    app.desk().await?.cancel_many(scope).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn journal(app: App<'_>, query: JournalQuery) -> Result<JournalPage, ApiError> {
    app.desk().await?.journal(query).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn verify_journal(
    app: App<'_>,
    noted: Option<String>,
) -> Result<VerificationView, ApiError> {
    app.desk().await?.verify_journal(noted.as_deref()).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn export_journal(
    app: App<'_>,
    query: JournalQuery,
    format: ExportFormat,
) -> Result<ExportView, ApiError> {
    let copies = app.copies().await?;
    copies.export(query, format, SystemClock.now()).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn back_up_journal(app: App<'_>) -> Result<BackupView, ApiError> {
    app.copies().await?.back_up(SystemClock.now()).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn journal_backups(app: App<'_>) -> Result<BackupView, ApiError> {
    Ok(app.copies().await?.backups().await)
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn connect_now(app: App<'_>) -> Result<(), ApiError> {
    app.desk().await?.connect_now();
    Ok(())
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn notify_about(app: App<'_>, choice: NotifyChoice) -> Result<(), ApiError> {
    app.notifier().choose(choice);
    Ok(())
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn about(app: App<'_>) -> Result<AboutView, ApiError> {
    Ok(app.about().await)
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn profiles(app: App<'_>) -> Result<ProfilesView, ApiError> {
    Ok(app.profiles().await)
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn save_profile(
    app: App<'_>,
    draft: ProfileDraft,
) -> Result<ProfileOutcome, ApiError> {
    app.save_profile(draft).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn delete_profile(app: App<'_>, id: String) -> Result<ProfilesView, ApiError> {
    app.delete_profile(&id).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn connect_profile(app: App<'_>, id: String) -> Result<ProfilesView, ApiError> {
    app.connect_profile(&id).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn disconnect(app: App<'_>) -> Result<ProfilesView, ApiError> {
    app.disconnect().await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn open_beside(app: App<'_>, id: String) -> Result<(), ApiError> {
    app.open_beside(&id).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn window_scope(app: App<'_>) -> Result<String, ApiError> {
    Ok(app.window_scope().await)
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn go_on(app: App<'_>, typed: String) -> Result<(), ApiError> {
    app.desk().await?.go_on(typed).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn link_history(app: App<'_>) -> Result<LinkHistoryView, ApiError> {
    app.desk().await?.link_history().await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn sim_gateway(app: App<'_>, action: SimAction) -> Result<(), ApiError> {
    app.sim_gateway(action).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn report(app: App<'_>, measured: PageReport) -> Result<(), ApiError> {
    app.report(measured);
    Ok(())
}
