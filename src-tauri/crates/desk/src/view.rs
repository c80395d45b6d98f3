//! What a page is told: a snapshot, then numbered deltas, and the answers to its commands.
//!
//! Money and quantities travel as decimal strings. A value that is not known is `null`, and
//! every observed figure has its moment and source.

mod cancel;
mod chain;
mod journal;
mod link_history;
mod offer;
mod order;
mod outlook;
mod own;
mod payoff;
mod plan;
mod portfolio;
mod profile;
mod range;
mod rebalance;
mod rules;
mod size;
mod strategies;
mod ticket;

pub use cancel::{CancelOutcome, CancelScope};
pub use chain::{
    ChainView, ExpiryView, GreeksView, LinesView, ModelledView, OptionClassView, StrikeView,
    StrikesView,
};
pub use journal::{JournalEntryView, JournalHeadView, JournalPage, JournalQuery, VerificationView};
pub use link_history::{GapView, LinkHistoryView, PingView};
pub use offer::{OfferView, OrderCatalogue, OrderTypeView, TifView};
pub use order::{
    BlockedView, ExecutionView, FamilyRole, FamilyView, NoteView, OrderMend, OrderStateView,
    OrderView, TroubleView,
};
pub use outlook::{
    ChainOutlookInput, ChainOutlookView, DividendsView, ExpiryOutlookView, MoveBasis, StrikeSpan,
    VolatilityRankView,
};
pub use own::{
    FactKind, FactView, OwnJoin, OwnPart, OwnRow, OwnRuleChoice, OwnRuleForm, OwnRuleInput,
    OwnRuleView, OwnRuleWords, OwnTrialView, TriedOrderView, TriedOutcome, WordView,
};
pub use payoff::{
    BoundView, DateLies, PayoffDateView, PayoffInput, PayoffLegInput, PayoffPoint, PayoffView,
    SigmaView,
};
pub use plan::{HeldPart, PlanInput, PlanLegView, PlanView, PlannedLeg, PlannedView};
pub use portfolio::{
    AccountView, Figure, HouseholdView, InstrumentView, MatchView, MergedPositionView,
    PositionView, QuoteView,
};
pub use profile::{AccountLabel, Colour, HeldView, ProfileHead};
pub use range::DayRangeView;
pub use rebalance::{
    RebalanceFault, RebalanceField, RebalanceInput, RebalanceOthers, RebalanceOutcome,
    RebalancePricing, RebalanceRowView, RebalanceScopeView, RebalanceSpread, RebalanceView,
    SymbolInput, TagInput, TargetFault, TargetInput, TargetsRead,
};
pub use rules::{
    ModeOnView, RuleChoice, RuleFault, RuleOutcome, RuleParamView, RuleSettingView, RuleValue,
    RuleView, RuleWeight, RulesHeadView, RulesView,
};
pub use size::{CompanionView, MovesWithView, PaysWith, SizeFactsView};
pub use strategies::{
    GreeksTotalView, StrategyLegView, StrategyView, StrategyWarningView, SumGreeksView, WarningKind,
};
pub use ticket::{
    CheckView, FindingView, MarginView, OutcomeView, PreviewOutcome, PreviewView, VerdictView,
};

use gatehouse_domain::account::Mode;
use gatehouse_domain::instant::UnixMillis;
use serde::{Deserialize, Serialize};

/// Milliseconds since the Unix epoch, as a JavaScript number.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, specta::Type,
)]
#[specta(transparent)]
#[serde(transparent)]
pub struct Millis(#[specta(type = specta_typescript::Number)] pub i64);

impl From<UnixMillis> for Millis {
    fn from(at: UnixMillis) -> Self {
        Self(at.0)
    }
}

/// A message on the stream to the page. Numbers count up by one; after a gap the page asks
/// for a new snapshot.
#[derive(Debug, Clone, PartialEq, Serialize, specta::Type)]
#[serde(tag = "type", rename_all = "camelCase")]
pub enum StreamMessage {
    /// Everything.
    Snapshot { seq: u32, snapshot: Box<Snapshot> },
    /// What changed since the message before.
    Delta { seq: u32, changes: Vec<Change> },
}

/// The whole of what the page shows.
#[derive(Debug, Clone, PartialEq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct Snapshot {
    /// The link.
    pub link: LinkView,
    /// Whether there is trading.
    pub trading: TradingView,
    /// Whether the window is locked; then no figures come with it.
    pub lock: LockView,
    /// How the rules stand.
    pub rules: RulesHeadView,
    /// All accounts, in the order of the login.
    pub accounts: Vec<AccountView>,
    /// Sums over all accounts.
    pub household: HouseholdView,
    /// Every position, account by account.
    pub positions: Vec<PositionView>,
    /// Positions merged over accounts.
    pub merged: Vec<MergedPositionView>,
    /// Held options as strategies, account by account.
    pub strategies: Vec<StrategyView>,
    /// Their greeks, by account and of all.
    pub greeks: Vec<GreeksTotalView>,
    /// Quotes of all that is watched.
    pub quotes: Vec<QuoteView>,
    /// Orders of this day and all that still work, newest first.
    pub orders: Vec<OrderView>,
    /// The journal's newest record.
    pub journal: JournalHeadView,
    /// Notices, oldest first.
    pub notices: Vec<NoticeView>,
    /// How the lines of market data are shared out.
    pub lines: LinesView,
    /// What the rules stopped in the last day, newest first.
    pub blocked: Vec<BlockedView>,
}

/// One thing that changed. Views replace the one with the same key.
#[derive(Debug, Clone, PartialEq, Serialize, specta::Type)]
#[serde(tag = "type", content = "value", rename_all = "camelCase")]
pub enum Change {
    Link(LinkView),
    Trading(TradingView),
    Lock(LockView),
    Rules(RulesHeadView),
    Account(Box<AccountView>),
    Household(Box<HouseholdView>),
    Position(Box<PositionView>),
    /// A position that was closed, by its key.
    PositionGone(String),
    Merged(Box<MergedPositionView>),
    /// A merged position that is no more, by its conId.
    MergedGone(i32),
    Strategy(Box<StrategyView>),
    /// A strategy that is no more, by its key.
    StrategyGone(String),
    Greeks(Box<GreeksTotalView>),
    /// Greeks that are of nothing any more, by their key.
    GreeksGone(String),
    Quote(Box<QuoteView>),
    Lines(LinesView),
    Order(Box<OrderView>),
    Journal(JournalHeadView),
    Notice(NoticeView),
    Blocked(BlockedView),
}

/// How the link stands, in a form that the page can act on, and in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct LinkView {
    /// What to show.
    pub state: LinkStateView,
    /// Paper or live, by the account ids of the last session.
    pub mode: Mode,
    /// Whether the gateway is the embedded simulated one.
    pub simulated: bool,
    /// Whether no order goes out now: live orders are off, or the gateway takes none.
    pub read_only: bool,
    /// Until when a person armed live orders; `None` while they are off, and on paper.
    pub armed_until: Option<Millis>,
    /// What it means and what to do, in words.
    pub says: String,
    /// When anything was last heard from the gateway.
    pub last_heard: Option<Millis>,
    /// When the next try to connect is made.
    pub retry_at: Option<Millis>,
    /// Since when the link stands as it does.
    pub since: Millis,
    /// Host and port.
    pub address: String,
    /// The agreed server version, while up.
    pub server_version: Option<i32>,
    /// The connection that the person chose; `None` when the command line alone says where the
    /// gateway is.
    pub profile: Option<ProfileHead>,
    /// The login is not the one that the profile expects: nothing is judged and no order goes
    /// out until the person decides.
    pub held: Option<HeldView>,
    /// When the gateway restarts by itself, from a few minutes before.
    pub restart_at: Option<Millis>,
    /// The gateway is away for its nightly restart, which is no fault.
    pub restarting: bool,
}

/// Whether there is trading, by the person's word.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct TradingView {
    /// Since when a person has stopped it; `null` while nobody has.
    pub stopped_since: Option<Millis>,
}

/// Whether the window is locked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct LockView {
    /// Since when; `null` while it is open.
    pub locked_since: Option<Millis>,
    /// How it came to be, in words; empty while it is open.
    pub says: String,
    /// How many notices wait to be read.
    pub waiting: u32,
}

/// The link's states.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub enum LinkStateView {
    /// Being made for the first time or again.
    Connecting,
    /// Up; positions or orders are still being read.
    Loading,
    /// Up and complete.
    Up,
    /// The gateway is there, its own link to IBKR is not: figures are stale.
    UpstreamDown,
    /// Up, with a login that is not the expected one: everything waits for the person.
    Held,
    /// Perhaps up: the computer slept, and the gateway is being asked. Figures are stale.
    Checking,
    /// The person does not want a connection now.
    Off,
    /// Not there: figures are stale.
    Down,
}

/// Something that the gateway or Gatehouse has to say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct NoticeView {
    /// Counts up.
    pub id: u32,
    /// When.
    pub at: Millis,
    /// How loud.
    pub tone: Tone,
    /// In words.
    pub text: String,
    /// The broker's code, when it has one.
    pub code: Option<i32>,
    /// What it is about, when that is something to be told outside the window too.
    pub about: Option<NoticeAbout>,
}

/// What a person may want to be told of when they look elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub enum NoticeAbout {
    /// An order filled.
    Fill,
    /// The broker refused an order.
    Reject,
    /// The link went while orders were open.
    Disconnect,
}

/// How loud something is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub enum Tone {
    Quiet,
    Warning,
    Alarm,
}
