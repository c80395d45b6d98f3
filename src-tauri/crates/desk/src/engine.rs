//! The one writer: `process(event, now) -> effects`, a pure function of state and event.

mod account_kinds;
mod announce;
mod arming;
mod assumed;
mod blocked;
mod cancel;
mod cancel_many;
mod chain;
mod change;
mod codes;
mod combined;
mod confirm;
mod details;
mod elsewhere;
mod expectation;
mod facts;
mod family;
mod industries;
mod lately;
mod lines;
mod link;
mod lock;
mod margins;
mod modelled;
mod moves;
mod named;
mod orders;
mod outlook;
mod own;
mod payoff;
mod portfolio;
mod positions;
mod preview_view;
mod publish;
mod quality;
mod range;
mod rebalance;
mod replay;
mod reports;
mod restarts;
mod road;
mod rolled;
mod rulebook;
mod size_facts;
mod stop;
mod strategies;
mod taken_over;
mod ties;
mod trades;
mod unbooked;
mod views;
mod words;

use crate::effect::{Answer, Ask, AskId, Effect, Event, OrderNo};
use crate::error::{ApiError, ErrorCode};
use crate::port::{BrokerEvent, Head};
use crate::record::{Entry, Record};
use crate::view::{AccountLabel, BlockedView, NoticeView, ProfileHead};
use gatehouse_domain::Decimal;
use gatehouse_domain::account::{Account, AccountKind, Mode};
use gatehouse_domain::chain::{Dated, DayVolatility, Dividends, OptionClass};
use gatehouse_domain::contract::{Contract, Instrument};
use gatehouse_domain::decimal::Currency;
use gatehouse_domain::derivative::Expiry;
use gatehouse_domain::id::{AccountId, ConId, ExecId, IntentId, PreviewId};
use gatehouse_domain::instant::UnixMillis;
use gatehouse_domain::position::{Position, PositionKey};
use gatehouse_domain::quote::Quote;
use gatehouse_domain::restart::NightlyRestart;
use gatehouse_rules::{Cleared, Preview, RuleBook};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};

pub(crate) use portfolio::broker_error;
pub use words::journal_sentence;

/// What the engine is told at the start.
#[derive(Debug, Clone)]
pub struct DeskOptions {
    /// Host and port of the gateway, for words.
    pub address: String,
    /// Whether the gateway is the simulated one.
    pub simulated: bool,
    /// The rules' parameters.
    pub book: RuleBook,
    /// Why the rule file is not what holds; `None` when it is.
    pub book_fault: Option<String>,
    /// Numbers previews; different at every start, so that an id of an earlier run means
    /// nothing.
    pub first_preview: PreviewId,
    /// What the person set of the connection.
    pub terms: ConnectionTerms,
}

/// What a person set of the connection that the desk serves.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ConnectionTerms {
    /// For words; `None` when the command line alone says where the gateway is.
    pub profile: Option<ProfileHead>,
    /// What the accounts are called.
    pub labels: Vec<AccountLabel>,
    /// When the gateway restarts by itself.
    pub restart: Option<NightlyRestart>,
}

/// A cleared draft that waits for the broker's what-if.
#[derive(Debug)]
struct Awaiting {
    cleared: Cleared,
}

/// The commission of an execution that has not been told yet.
#[derive(Debug, Clone, Copy)]
struct EarlyCommission {
    amount: Decimal,
    currency: Currency,
    realized_pnl: Option<Decimal>,
}

/// The whole state.
#[derive(Debug)]
pub struct Desk {
    options: DeskOptions,
    link: link::Link,
    accounts: BTreeMap<AccountId, Account>,
    account_order: Vec<AccountId>,
    /// What a person says that accounts are.
    said_kinds: BTreeMap<AccountId, AccountKind>,
    positions: BTreeMap<PositionKey, Position>,
    positions_complete: bool,
    positions_seen: BTreeSet<PositionKey>,
    contracts: HashMap<ConId, Contract>,
    instruments: HashMap<ConId, Instrument>,
    lookups: HashMap<ConId, Vec<AskId>>,
    quotes: HashMap<ConId, Quote>,
    quote_refusals: HashMap<ConId, portfolio::QuoteRefusal>,
    /// Why a contract has a line of market data, as a count of reasons.
    watched: BTreeMap<ConId, u32>,
    /// Those of them that the page has targets for.
    targets_watched: BTreeSet<ConId>,
    lines: lines::Lines,
    strategies: strategies::Strategies,
    option_classes: HashMap<ConId, Vec<OptionClass>>,
    /// Of options whose chain was loaded.
    underlying_of: HashMap<ConId, ConId>,
    /// The options of an underlying's class and expiry, as they were loaded.
    boards: HashMap<(ConId, String, Expiry), Vec<ConId>>,
    volatility_histories: HashMap<ConId, Dated<Vec<DayVolatility>>>,
    dividends: HashMap<ConId, Dated<Dividends>>,
    orders: orders::OrderList,
    /// Cancels that go out once the gateway knows the order.
    cancels_waiting: BTreeSet<OrderNo>,
    early_commissions: HashMap<ExecId, EarlyCommission>,
    early_executions: VecDeque<BrokerEvent>,
    awaiting: HashMap<AskId, Awaiting>,
    previews: BTreeMap<PreviewId, Preview>,
    used_previews: HashMap<PreviewId, IntentId>,
    /// Entries of which the person was told that what they opened has no stop.
    told_unprotected: BTreeSet<OrderNo>,
    /// The intents of changes that were sent.
    sent_changes: HashSet<IntentId>,
    next_preview: PreviewId,
    journal: Head,
    journal_fault: Option<String>,
    /// Why the journal could not be read at the start. What was sent before is not known then,
    /// so nothing is sent in this run.
    journal_unread: Option<String>,
    backlog: Vec<Record>,
    beats_since_retry: u32,
    notices: VecDeque<NoticeView>,
    next_notice: u32,
    /// What the rules stopped, oldest first.
    blocked: VecDeque<BlockedView>,
    next_blocked: u32,
    /// The last orders that were judged, for a rule that is being written.
    attempts: VecDeque<own::Attempt>,
    /// How the orders stood when they were lost from sight, until they are seen again.
    gap: Option<announce::Gap>,
    fills_untold: Vec<OrderNo>,
    page: publish::Page,
    mode: Mode,
    /// Until when a person armed orders on a live login.
    armed_until: Option<UnixMillis>,
    /// While the window is locked.
    lock: Option<lock::Locked>,
    /// Since when trading is stopped; `None` while it is not.
    stopped: Option<UnixMillis>,
    expectation: expectation::Expectation,
    /// The restart that was announced last.
    announced_restart: Option<UnixMillis>,
    quality: quality::Quality,
    /// What went out from here, oldest first.
    sent: Vec<lately::SentOrder>,
    book_state: rulebook::BookState,
    high_water: HashMap<AccountId, lately::HighWater>,
    trades: trades::Trades,
    margins: margins::Margins,
    unbooked: unbooked::Unbooked,
}

impl Desk {
    /// An engine that knows nothing yet.
    #[must_use]
    pub fn new(options: DeskOptions, now: UnixMillis) -> Self {
        Self {
            link: link::Link::new(now),
            accounts: BTreeMap::new(),
            account_order: Vec::new(),
            said_kinds: BTreeMap::new(),
            positions: BTreeMap::new(),
            positions_complete: false,
            positions_seen: BTreeSet::new(),
            contracts: HashMap::new(),
            instruments: HashMap::new(),
            lookups: HashMap::new(),
            quotes: HashMap::new(),
            quote_refusals: HashMap::new(),
            watched: BTreeMap::new(),
            targets_watched: BTreeSet::new(),
            lines: lines::Lines::default(),
            strategies: strategies::Strategies::default(),
            option_classes: HashMap::new(),
            underlying_of: HashMap::new(),
            boards: HashMap::new(),
            volatility_histories: HashMap::new(),
            dividends: HashMap::new(),
            orders: orders::OrderList::default(),
            cancels_waiting: BTreeSet::new(),
            early_commissions: HashMap::new(),
            early_executions: VecDeque::new(),
            awaiting: HashMap::new(),
            previews: BTreeMap::new(),
            used_previews: HashMap::new(),
            told_unprotected: BTreeSet::new(),
            sent_changes: HashSet::new(),
            next_preview: options.first_preview,
            journal: Head {
                seq: 0,
                hash: "0".repeat(64),
            },
            journal_fault: None,
            journal_unread: None,
            backlog: Vec::new(),
            beats_since_retry: 0,
            notices: VecDeque::new(),
            next_notice: 1,
            blocked: VecDeque::new(),
            attempts: VecDeque::new(),
            next_blocked: 1,
            gap: None,
            fills_untold: Vec::new(),
            page: publish::Page::default(),
            mode: Mode::Unknown,
            armed_until: None,
            lock: None,
            stopped: None,
            expectation: expectation::Expectation::default(),
            announced_restart: None,
            quality: quality::Quality::default(),
            sent: Vec::new(),
            high_water: HashMap::new(),
            trades: trades::Trades::new(now),
            margins: margins::Margins::default(),
            unbooked: unbooked::Unbooked::default(),
            book_state: rulebook::BookState::new(options.book_fault.clone()),
            options,
        }
    }

    /// The journal can't be read: nothing is sent in this run.
    pub fn journal_unread(&mut self, why: String) {
        self.journal_unread = Some(why);
        self.page.journal = true;
    }

    /// Takes one event and says what is to be done, in order.
    pub fn process(&mut self, event: Event, now: UnixMillis) -> Vec<Effect> {
        match event {
            Event::Broker(event) => self.on_broker(event, now),
            Event::Ask { id, ask } => self.on_ask(id, ask, now),
            Event::WhatIfAnswered { id, answer } => self.on_what_if(id, answer, now),
            Event::InstrumentAnswered { con_id, answer } => self.on_instrument(con_id, answer),
            Event::OptionClassesAnswered { id, con_id, answer } => {
                self.on_option_classes(id, con_id, answer, now)
            }
            Event::OptionsAnswered {
                id,
                con_id,
                class,
                expiry,
                answer,
            } => self.on_options(id, con_id, &class, expiry, answer),
            Event::VolatilityHistoryAnswered { id, con_id, answer } => {
                self.on_volatility_history(id, con_id, answer)
            }
            Event::DayBarsAnswered { id, answer } => Self::on_day_bars(id, answer),
            Event::ManyDayBarsAnswered {
                id,
                account,
                con_id,
                answers,
            } => self.on_many_day_bars(id, &account, con_id, &answers, now),
            Event::PlaceAnswered { intent, answer } => {
                let mut effects = self.on_placed(&intent, answer, now);
                effects.extend(self.cancel_what_was_placed(&intent));
                effects
            }
            Event::ChangeAnswered { order, answer } => self.on_change_answer(order, answer, now),
            Event::CancelAnswered { order, answer } => self.on_cancel_answer(order, answer, now),
            Event::CancelAllAnswered(answer) => self.on_cancel_all_answer(answer, now),
            Event::Committed(head) => {
                self.journal = head;
                self.journal_fault = None;
                self.page.journal = true;
                Vec::new()
            }
            Event::CommitFailed {
                error,
                records,
                awaited,
            } => self.on_commit_failed(&error, records, awaited, now),
            Event::Beat => self.on_beat(now),
        }
    }

    fn on_ask(&mut self, id: AskId, ask: Ask, now: UnixMillis) -> Vec<Effect> {
        if self.lock_refuses(&ask) {
            return vec![Self::refuse_locked(id)];
        }
        match ask {
            Ask::Resync => self.resync(id, now),
            Ask::Instrument(con_id) => self.look_up(id, con_id),
            Ask::Watch(con_id) => self.watch_for_page(id, con_id),
            Ask::Unwatch(con_id) => self.unwatch_for_page(id, con_id),
            Ask::Offer(con_id) => self.offer(id, con_id),
            Ask::Chain(con_id) => self.chain(id, con_id),
            Ask::Strikes {
                con_id,
                trading_class,
                expiry,
            } => self.strikes(id, con_id, &trading_class, &expiry),
            Ask::Outlook(input) => self.outlook(id, &input, now),
            Ask::VolatilityHistory(con_id) => self.volatility_history(id, con_id),
            Ask::DayRange(con_id) => self.day_range(id, con_id),
            Ask::SizeFacts(account) => self.size_facts(id, &account, now),
            Ask::MovesWith { account, con_id } => self.moves_with(id, account, con_id),
            Ask::Payoff(input) => vec![Effect::Answer {
                id,
                answer: self
                    .payoff(&input, now)
                    .map(|view| Answer::Payoff(Box::new(view))),
            }],
            Ask::Plan(input) => vec![Effect::Answer {
                id,
                answer: self
                    .planned(&input, now)
                    .map(|view| Answer::Plan(Box::new(view))),
            }],
            Ask::Ladder(con_id) => vec![Effect::Answer {
                id,
                answer: self.ladder(con_id).map(Answer::Ladder),
            }],
            Ask::ShowOptions(con_ids) => self.show_options(id, con_ids, now),
            Ask::Rebalance(input) => vec![Effect::Answer {
                id,
                answer: Ok(Answer::Rebalance(self.rebalance(&input, now))),
            }],
            Ask::WatchTargets(con_ids) => self.watch_targets(id, con_ids),
            Ask::Refill(key) => self.refill(id, &key),
            Ask::Remake(key) => self.remake(id, &key),
            Ask::UseDelayedData => self.use_delayed_data(id),
            Ask::Check(draft) => self.check(id, &draft, now),
            Ask::Preview(draft) => self.preview(id, &draft, now),
            Ask::Confirm {
                preview,
                typed,
                reasons,
            } => self.confirm(id, preview, typed, reasons, now),
            Ask::Arm { minutes, typed } => self.arm(id, minutes, &typed, now),
            Ask::Disarm => self.disarm_asked(id, now),
            Ask::Away(why) => self.gone_away(id, &why, now),
            Ask::Lock(why) => self.lock(id, why, now),
            Ask::Unlock { wrong } => self.unlock(id, wrong, now),
            Ask::Admit => vec![Self::done(id)],
            Ask::StopTrading => self.stop_trading(id, now),
            Ask::ResumeTrading => self.resume_trading(id, now),
            Ask::Rules => vec![Effect::Answer {
                id,
                answer: Ok(Answer::Rules(Box::new(self.rules_view(now)))),
            }],
            Ask::Book => vec![Effect::Answer {
                id,
                answer: Ok(Answer::Book(Box::new(self.options.book.clone()))),
            }],
            Ask::PlanRule(choice) => vec![Effect::Answer {
                id,
                answer: self
                    .plan_rule(&choice)
                    .map(|plan| Answer::RulePlan(Box::new(plan))),
            }],
            Ask::TryOwn(input) => vec![Effect::Answer {
                id,
                answer: Ok(Answer::OwnTrial(Box::new(self.try_own(&input)))),
            }],
            Ask::PlanOwn { choice, word } => vec![Effect::Answer {
                id,
                answer: self
                    .plan_own(&choice, word.as_deref())
                    .map(|plan| Answer::RulePlan(Box::new(plan))),
            }],
            Ask::TakeBook { book, by, fault } => {
                self.take_book(id, book.map(|book| *book), by, fault, now)
            }
            Ask::LinkHistory => vec![Effect::Answer {
                id,
                answer: Ok(Answer::LinkHistory(Box::new(self.quality.view(now)))),
            }],
            Ask::TakeTerms(terms) => self.take_terms_of_connection(id, *terms, now),
            Ask::GoOn { typed } => self.go_on(id, &typed, now),
            Ask::SayKind { account, said } => self.say_kind(id, &account, said, now),
            Ask::Abandon(preview) => self.abandon(id, preview, now),
            Ask::Cancel(key) => self.cancel(id, &key, now),
            Ask::CancelMany(scope) => self.cancel_many(id, &scope, now),
        }
    }

    fn on_broker(&mut self, event: BrokerEvent, now: UnixMillis) -> Vec<Effect> {
        if !matches!(event, BrokerEvent::Link(_)) {
            self.link.heard(now);
        }
        match event {
            BrokerEvent::Link(state) => self.on_link(state, now),
            BrokerEvent::Upstream { connected } => self.on_upstream(connected, now),
            BrokerEvent::Slept(slept) => self.on_slept(slept, now),
            BrokerEvent::Awake => {
                self.on_awake();
                Vec::new()
            }
            BrokerEvent::Answered(took) => {
                self.quality.answered(took, now);
                Vec::new()
            }
            BrokerEvent::OrdersRefused { code, text } => {
                self.on_orders_refused(code, &text, now);
                Vec::new()
            }
            BrokerEvent::Reconciled => self.on_reconciled(now),
            BrokerEvent::Order(seen) => self.on_order_seen(seen, now),
            BrokerEvent::Status(seen) => self.on_status(seen, now),
            event @ BrokerEvent::Execution { .. } => self.on_execution(event, now),
            BrokerEvent::Commission {
                exec_id,
                amount,
                currency,
                realized_pnl,
            } => self.on_commission(exec_id, amount, currency, realized_pnl, now),
            BrokerEvent::OrderNotice { key, code, text } => {
                self.on_order_notice(&key, code, text, now)
            }
            BrokerEvent::Notice { code, text } => {
                self.on_notice(code, text, now);
                Vec::new()
            }
            other => self.on_portfolio(other, now),
        }
    }

    /// Writes records about which nothing waits; they are kept and tried again when it fails.
    fn note(&mut self, records: Vec<Record>) -> Vec<Effect> {
        if records.is_empty() {
            return Vec::new();
        }
        vec![self.commit(records, Vec::new(), crate::effect::Awaited::Nobody)]
    }

    /// A commit that writes what is left over from failed ones first.
    fn commit(
        &mut self,
        records: Vec<Record>,
        then: Vec<Effect>,
        awaited: crate::effect::Awaited,
    ) -> Effect {
        for record in &records {
            self.keep_blocked(record);
            self.keep_attempt(record);
        }
        let mut all = std::mem::take(&mut self.backlog);
        all.extend(records);
        Effect::Commit {
            records: all,
            then,
            awaited,
        }
    }

    fn record(
        &self,
        now: UnixMillis,
        account: Option<&AccountId>,
        intent: Option<&IntentId>,
        entry: Entry,
    ) -> Record {
        Record {
            at: now,
            account: account.cloned(),
            intent: intent.cloned(),
            entry,
        }
    }

    fn refuse(id: AskId, code: ErrorCode, message: impl Into<String>) -> Effect {
        Effect::Answer {
            id,
            answer: Err(ApiError::new(code, message)),
        }
    }
}

#[cfg(test)]
mod tests;
