//! What goes into the engine and what comes out of it.

use crate::engine::ConnectionTerms;
use crate::error::ApiError;
use crate::port::{BrokerError, BrokerEvent, Head, OrderKey, PlaceError, StoreError};
use crate::record::{Record, RulesBy};
use crate::view::{
    CancelOutcome, CancelScope, ChainOutlookInput, ChainOutlookView, ChainView, CheckView,
    DayRangeView, InstrumentView, LinkHistoryView, MovesWithView, OfferView, OrderView,
    OwnRuleChoice, OwnRuleInput, OwnTrialView, PayoffInput, PayoffView, PlanInput, PlannedView,
    PreviewOutcome, RebalanceInput, RebalanceOutcome, RuleChoice, RuleFault, RulesView,
    SizeFactsView, StreamMessage, StrikesView,
};
use gatehouse_domain::account::AccountKind;
use gatehouse_domain::bar::DayBar;
use gatehouse_domain::chain::{Dated, DayVolatility, OptionClass};
use gatehouse_domain::contract::{Contract, Instrument};
use gatehouse_domain::derivative::Expiry;
use gatehouse_domain::draft::DraftInput;
use gatehouse_domain::id::{AccountId, ConId, IntentId, PreviewId};
use gatehouse_domain::instant::UnixMillis;
use gatehouse_domain::what_if::WhatIf;
use gatehouse_rules::{Approved, DryRun, Order, Reason, RuleBook};

/// The days of trading of one contract, or why there are none.
pub type Days = Result<Dated<Vec<DayBar>>, BrokerError>;

/// Numbers a question, so that its answer finds back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AskId(pub u64);

/// An order's place in the engine's list; valid while the program runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct OrderNo(pub usize);

/// Something happened.
#[derive(Debug)]
pub enum Event {
    /// The broker told something.
    Broker(BrokerEvent),
    /// The page asks.
    Ask { id: AskId, ask: Ask },
    /// A what-if came back.
    WhatIfAnswered {
        id: AskId,
        answer: Result<WhatIf, BrokerError>,
    },
    /// A contract's details came back.
    InstrumentAnswered {
        con_id: ConId,
        answer: Result<Instrument, BrokerError>,
    },
    /// The classes of options on an underlying came back.
    OptionClassesAnswered {
        id: AskId,
        con_id: ConId,
        answer: Result<Dated<Vec<OptionClass>>, BrokerError>,
    },
    /// The options of one class and expiry came back.
    OptionsAnswered {
        id: AskId,
        con_id: ConId,
        class: OptionClass,
        expiry: Expiry,
        answer: Result<Dated<Vec<Instrument>>, BrokerError>,
    },
    /// A year of an underlying's implied volatility came back.
    VolatilityHistoryAnswered {
        id: AskId,
        con_id: ConId,
        answer: Result<Dated<Vec<DayVolatility>>, BrokerError>,
    },
    /// A contract's days of trading came back.
    DayBarsAnswered { id: AskId, answer: Days },
    /// The days of trading of several contracts came back.
    ManyDayBarsAnswered {
        id: AskId,
        account: AccountId,
        con_id: ConId,
        answers: Vec<(ConId, Days)>,
    },
    /// The wire took an order, or did not.
    PlaceAnswered {
        intent: IntentId,
        answer: Result<(), PlaceError>,
    },
    /// The wire took a change, or did not.
    ChangeAnswered {
        order: OrderNo,
        answer: Result<(), PlaceError>,
    },
    /// The wire took a cancel, or did not.
    CancelAnswered {
        order: OrderNo,
        answer: Result<(), BrokerError>,
    },
    /// The wire took a cancel of every order of the login, or did not.
    CancelAllAnswered(Result<(), BrokerError>),
    /// Records are on disk.
    Committed(Head),
    /// Records are not on disk, and what waited for them was not done.
    CommitFailed {
        error: StoreError,
        records: Vec<Record>,
        awaited: Awaited,
    },
    /// Time to tell the page what changed; ten times a second.
    Beat,
}

/// What the page asks of the engine.
#[derive(Debug, Clone)]
pub enum Ask {
    /// Start the stream again with a snapshot.
    Resync,
    /// Look up a contract.
    Instrument(ConId),
    /// Keep a contract's quote coming for the page.
    Watch(ConId),
    /// The page no longer shows it.
    Unwatch(ConId),
    /// What can be chosen for a contract that has been looked up.
    Offer(ConId),
    /// The classes and expiries of the options on a contract that has been looked up.
    Chain(ConId),
    /// The options of one class and expiry of a chain that has been loaded.
    Strikes {
        con_id: ConId,
        trading_class: String,
        expiry: String,
    },
    /// What a chain's prices say of what is to come.
    Outlook(ChainOutlookInput),
    /// Have the underlying's implied volatility of a year, for its rank.
    VolatilityHistory(ConId),
    /// How far a contract's price usually moves in a day.
    DayRange(ConId),
    /// What an account's purchases are paid with.
    SizeFacts(AccountId),
    /// How closely a contract's price moves with what an account holds most of.
    MovesWith { account: AccountId, con_id: ConId },
    /// What several legs come to.
    Payoff(PayoffInput),
    /// Legs for a strategy's name, or for a roll.
    Plan(PlanInput),
    /// The options beside this one, by rising strike.
    Ladder(ConId),
    /// The page shows these options, most wanted first.
    ShowOptions(Vec<ConId>),
    /// The orders that bring wanted weights about.
    Rebalance(Box<RebalanceInput>),
    /// Keep the quotes of what has a target coming; names all of them.
    WatchTargets(Vec<ConId>),
    /// A ticket that changes the order with this page key.
    Refill(String),
    /// A ticket that makes the refused order with this page key anew.
    Remake(String),
    /// Take delayed prices where there is no leave for live ones.
    UseDelayedData,
    /// What the rules say while typing; not an attempt yet.
    Check(DraftInput),
    /// Judge, then ask the broker what the order would do.
    Preview(DraftInput),
    /// The person confirmed this preview, and in a live account typed what was asked for.
    Confirm {
        preview: PreviewId,
        typed: Option<String>,
        /// For the rules that ask for a reason.
        reasons: Vec<Reason>,
    },
    /// Let orders out on a live login for so many minutes.
    Arm { minutes: u32, typed: String },
    /// Let none out any more.
    Disarm,
    /// The person went away from the computer, in these words: live orders go off.
    Away(String),
    /// Show no figures and do nothing that could cost money until `Unlock`. The words say how it
    /// came to be.
    Lock(String),
    /// The person is back. So many wrong passphrases were typed meanwhile.
    Unlock { wrong: u32 },
    /// May figures be shown and things be done?
    Admit,
    /// Cancel everything and let no order out until a person lifts it.
    StopTrading,
    /// The person lifts it.
    ResumeTrading,
    /// The rules and what is set of them.
    Rules,
    /// The rule book in force.
    Book,
    /// What would come of setting a rule so.
    PlanRule(Box<RuleChoice>),
    /// What an own rule that is edited says of itself and of the last orders.
    TryOwn(Box<OwnRuleInput>),
    /// What would come of this done to an own rule.
    PlanOwn {
        choice: Box<OwnRuleChoice>,
        word: Option<String>,
    },
    /// Put a book in force; with `None` the one that is stays. `fault` says why the rule file is not
    /// what holds.
    TakeBook {
        book: Option<Box<RuleBook>>,
        by: RulesBy,
        fault: Option<String>,
    },
    /// How the link did lately.
    LinkHistory,
    /// The person set something of the connection while it is up.
    TakeTerms(Box<ConnectionTerms>),
    /// The person goes on with a login that is not the expected one.
    GoOn { typed: String },
    /// A person says what an account is, or takes that back.
    SayKind {
        account: AccountId,
        said: Option<AccountKind>,
    },
    /// The person let this preview go.
    Abandon(PreviewId),
    /// Cancel the order with this page key.
    Cancel(String),
    /// Cancel all orders of a kind.
    CancelMany(CancelScope),
}

/// The engine's answer.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    Done,
    Instrument(InstrumentView),
    Offer(Box<OfferView>),
    Chain(Box<ChainView>),
    Strikes(Box<StrikesView>),
    Outlook(Box<ChainOutlookView>),
    DayRange(DayRangeView),
    SizeFacts(SizeFactsView),
    MovesWith(MovesWithView),
    Payoff(Box<PayoffView>),
    Plan(Box<PlannedView>),
    Ladder(Vec<InstrumentView>),
    Rebalance(RebalanceOutcome),
    Ticket(Box<DraftInput>),
    Check(CheckView),
    Preview(PreviewOutcome),
    Order(Box<OrderView>),
    CancelMany(CancelOutcome),
    Rules(Box<RulesView>),
    Book(Box<RuleBook>),
    RulePlan(Box<RulePlan>),
    LinkHistory(Box<LinkHistoryView>),
    OwnTrial(Box<OwnTrialView>),
}

/// What would come of setting a rule.
#[derive(Debug, Clone, PartialEq)]
pub enum RulePlan {
    /// It can be put in force.
    Ready(Box<RuleBook>),
    /// Something typed can't be set.
    Faulty(Vec<RuleFault>),
    /// More may pass, and the word for it was not typed.
    AsksWord { says: Vec<String>, word: String },
}

/// Who waits for a commit, and is told when it fails.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Awaited {
    /// Nobody: the records are kept and tried again.
    Nobody,
    /// A question that did not change anything yet.
    Question(AskId),
    /// A stop that is to be lifted: it stays.
    Resumed { id: AskId, since: UnixMillis },
    /// A rule book that is to be in force: the one before it stays.
    Book {
        id: AskId,
        before: Box<RuleBook>,
        fault: Option<String>,
    },
    /// What an account is to be: it stays what it was.
    AccountKind {
        id: AskId,
        account: AccountId,
        before: Option<AccountKind>,
    },
    /// An approved order: it has not gone out, and will not.
    Order { id: AskId, intent: IntentId },
    /// An approved change: it has not gone out, and will not.
    Change {
        id: AskId,
        preview: PreviewId,
        change: IntentId,
    },
}

/// Something to be done, in the order given.
#[derive(Debug)]
pub enum Effect {
    /// Write the records; only once they are on disk do what waits for them.
    Commit {
        records: Vec<Record>,
        then: Vec<Effect>,
        awaited: Awaited,
    },
    /// Answer the page.
    Answer {
        id: AskId,
        answer: Result<Answer, ApiError>,
    },
    /// Ask the broker what an order would do.
    WhatIf { id: AskId, order: DryRun<Order> },
    /// Place an order.
    Place {
        intent: IntentId,
        order: Approved<Order>,
    },
    /// Change a working order.
    Change {
        order: OrderNo,
        key: OrderKey,
        changed: Approved<Order>,
    },
    /// Ask the broker for a cancel.
    Cancel { order: OrderNo, key: OrderKey },
    /// Ask the broker to cancel every order of the login, whoever made it.
    CancelAll,
    /// Look up a contract.
    Lookup(ConId),
    /// Ask what options there are on a contract.
    OptionClasses { id: AskId, underlying: Contract },
    /// Ask for the options of one class and expiry.
    Options {
        id: AskId,
        underlying: Contract,
        class: OptionClass,
        expiry: Expiry,
    },
    /// Ask for a year of an underlying's implied volatility.
    VolatilityHistory { id: AskId, underlying: Contract },
    /// Ask for a contract's days of trading.
    DayBars { id: AskId, contract: Contract },
    /// Ask for those of several contracts, the first of which is compared with the others.
    ManyDayBars {
        id: AskId,
        account: AccountId,
        con_id: ConId,
        contracts: Vec<Contract>,
    },
    /// Start quotes.
    Watch(Contract),
    /// Stop quotes.
    Unwatch(ConId),
    /// From now on take delayed quotes where live ones are refused.
    UseDelayedData,
    /// Tell the page.
    Publish(StreamMessage),
}
