//! The engine, event by event.

mod account_kinds;
mod announce;
mod arming;
mod cancel_many;
mod change;
mod committed;
mod expectation;
mod family;
mod figures;
mod futures;
mod hard_days;
mod lock;
mod lost_link;
mod mend;
mod named;
mod outlook;
mod own;
mod page;
mod payoff;
mod rebalance;
mod restarts;
mod road;
mod rulebook;
mod sizing;
mod stop;
mod strategies;
mod trades;
mod unbooked;

use super::{Desk, DeskOptions};
use crate::effect::{Answer, Ask, AskId, Effect, Event};
use crate::error::ApiError;
use crate::port::{BrokerEvent, Head, LinkState, OrderKey, OrderSeen, Session, StatusSeen, Ties};
use crate::record::{Entry, Record};
use crate::view::{OrderView, PreviewOutcome, PreviewView};
use gatehouse_domain::Decimal;
use gatehouse_domain::account::Tag;
use gatehouse_domain::decimal::{Currency, Price, Quantity};
use gatehouse_domain::draft::{Draft, DraftInput, Side};
use gatehouse_domain::id::{ConId, ExecId, IntentId, OrderId, PermId, PreviewId};
use gatehouse_domain::instant::UnixMillis;
use gatehouse_domain::order::{OrderTerms, Report};
use gatehouse_domain::pricing::Pricing;
use gatehouse_domain::quote::QuoteField;
use gatehouse_domain::tif::TimeInForce;
use gatehouse_domain::what_if::{BeforeAfter, WhatIf};
use gatehouse_rules::RuleBook;
use gatehouse_testkit::{START, account_id, apple, dec, tick};

const MARGIN: &str = "DU1";
const ROTH: &str = "DU2";

/// An engine with a hand on its clock, which keeps what it was told to do.
struct Bench {
    desk: Desk,
    now: UnixMillis,
    asks: u64,
    records: Vec<Record>,
    placed: Vec<IntentId>,
    changed: Vec<(Draft, OrderKey)>,
    what_ifs: Vec<AskId>,
    cancels: Vec<OrderKey>,
    cancels_of_all: u32,
    delayed_taken: u32,
    lookups: Vec<ConId>,
    compared: Vec<Vec<ConId>>,
    answers: Vec<(AskId, Result<Answer, ApiError>)>,
    published: Vec<crate::view::StreamMessage>,
    /// Commits fail while this is set.
    disk_full: bool,
    /// Whether an order was handed over is not told while this is set.
    wire_is_slow: bool,
}

fn options() -> DeskOptions {
    DeskOptions {
        address: "127.0.0.1:4002".into(),
        simulated: true,
        book: RuleBook::default(),
        book_fault: None,
        first_preview: PreviewId::new(1),
        terms: crate::engine::ConnectionTerms::default(),
    }
}

impl Bench {
    fn new() -> Self {
        Self {
            desk: Desk::new(options(), START),
            now: START,
            asks: 0,
            records: Vec::new(),
            placed: Vec::new(),
            changed: Vec::new(),
            what_ifs: Vec::new(),
            cancels: Vec::new(),
            cancels_of_all: 0,
            delayed_taken: 0,
            lookups: Vec::new(),
            compared: Vec::new(),
            answers: Vec::new(),
            published: Vec::new(),
            disk_full: false,
            wire_is_slow: false,
        }
    }

    /// A desk with a margin account and a Roth IRA that holds 40 Apple, all told.
    fn ready() -> Self {
        let mut bench = Self::new();
        bench.connect();
        bench.complete();
        bench.event(Event::InstrumentAnswered {
            con_id: apple().contract.con_id,
            answer: Ok(apple()),
        });
        bench.quote("180.00", "180.02");
        bench
    }

    fn connect(&mut self) {
        self.broker(BrokerEvent::Link(LinkState::Up(Session {
            server_version: 226,
            accounts: vec![account_id(MARGIN), account_id(ROTH)],
            client_id: 17,
            takes_over: false,
        })));
        for (id, kind) in [(MARGIN, "INDIVIDUAL"), (ROTH, "IRA-ROTH NEW")] {
            self.broker(BrokerEvent::AccountType {
                account: account_id(id),
                text: kind.into(),
            });
            self.broker(BrokerEvent::AccountBase {
                account: account_id(id),
                currency: Currency::USD,
            });
            for tag in [Tag::SettledCash, Tag::TotalCashValue, Tag::NetLiquidation] {
                self.broker(BrokerEvent::AccountFigure {
                    account: account_id(id),
                    tag,
                    value: Some(dec("100000")),
                });
            }
        }
        self.broker(BrokerEvent::Position {
            account: account_id(ROTH),
            contract: apple().contract,
            quantity: dec("40"),
            average_cost: Some(dec("150")),
        });
    }

    fn complete(&mut self) {
        self.broker(BrokerEvent::PositionsComplete);
        self.broker(BrokerEvent::Reconciled);
    }

    fn quote(&mut self, bid: &str, ask: &str) {
        let con_id = apple().contract.con_id;
        let ticks = vec![
            tick(con_id, QuoteField::Bid, bid, self.now),
            tick(con_id, QuoteField::Ask, ask, self.now),
        ];
        self.broker(BrokerEvent::Ticks(ticks));
    }

    /// Another run on the same journal: connected, nothing reconciled yet.
    fn restarted(&self) -> Self {
        let mut again = Self::new();
        let stored: Vec<crate::port::StoredRecord> = self
            .records
            .iter()
            .zip(1..)
            .map(|(record, seq)| crate::port::StoredRecord {
                seq,
                hash: String::new(),
                record: record.clone(),
            })
            .collect();
        let mut options = options();
        options.first_preview = PreviewId::new(1_000_000);
        again.now = self.now;
        again.desk = Desk::new(options, again.now);
        again.desk.restore(&stored);
        again.connect();
        again.event(Event::InstrumentAnswered {
            con_id: apple().contract.con_id,
            answer: Ok(apple()),
        });
        again.quote("180.00", "180.02");
        again
    }

    fn broker(&mut self, event: BrokerEvent) {
        self.event(Event::Broker(event));
    }

    fn event(&mut self, event: Event) {
        let effects = self.desk.process(event, self.now);
        self.carry_out(effects);
    }

    fn carry_out(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Commit {
                    records,
                    then,
                    awaited,
                } => {
                    if records.is_empty() {
                        self.carry_out(then);
                    } else if self.disk_full {
                        let error = crate::port::StoreError::Full("journal.db".into());
                        self.event(Event::CommitFailed {
                            error,
                            records,
                            awaited,
                        });
                    } else {
                        self.records.extend(records);
                        let head = Head {
                            seq: i64::try_from(self.records.len()).unwrap(),
                            hash: "f".repeat(64),
                        };
                        self.event(Event::Committed(head));
                        self.carry_out(then);
                    }
                }
                Effect::Answer { id, answer } => self.answers.push((id, answer)),
                Effect::WhatIf { id, .. } => self.what_ifs.push(id),
                Effect::Place { intent, order } => {
                    assert_eq!(order.get().draft().intent, intent);
                    assert!(
                        self.records
                            .iter()
                            .any(|r| r.intent.as_ref() == Some(&intent)
                                && matches!(r.entry, Entry::Approved { .. })),
                        "an order went to the wire before its record was on disk"
                    );
                    for (attached, _) in order.get().attached() {
                        assert!(
                            self.records.iter().any(|r| {
                                r.intent.as_ref() == Some(&attached.intent)
                                    && matches!(r.entry, Entry::Attached { .. })
                            }),
                            "an attached order went to the wire before its record was on disk"
                        );
                    }
                    self.placed.push(intent.clone());
                    if !self.wire_is_slow {
                        let answer = Ok(());
                        self.event(Event::PlaceAnswered { intent, answer });
                    }
                }
                Effect::Change { changed, key, .. } => {
                    let draft = changed.get().draft().clone();
                    assert!(
                        self.records.iter().any(|r| matches!(
                            &r.entry,
                            Entry::ChangeApproved { change, .. } if *change == draft.intent
                        )),
                        "a change went to the wire before its record was on disk"
                    );
                    self.changed.push((draft, key));
                }
                Effect::Cancel { key, .. } => self.cancels.push(key),
                Effect::CancelAll => self.cancels_of_all += 1,
                Effect::UseDelayedData => self.delayed_taken += 1,
                Effect::Publish(message) => self.published.push(message),
                Effect::Lookup(con_id) => self.lookups.push(con_id),
                Effect::OptionClasses { .. }
                | Effect::Options { .. }
                | Effect::VolatilityHistory { .. }
                | Effect::DayBars { .. } => {}
                Effect::ManyDayBars { contracts, .. } => {
                    self.compared
                        .push(contracts.iter().map(|c| c.con_id).collect());
                }
                Effect::Watch(_) | Effect::Unwatch(_) => {}
            }
        }
    }

    /// Asks, and returns the answer if it came at once.
    fn ask(&mut self, ask: Ask) -> Option<Result<Answer, ApiError>> {
        self.asks += 1;
        let id = AskId(self.asks);
        self.event(Event::Ask { id, ask });
        self.answer_to(id)
    }

    fn answer_to(&mut self, id: AskId) -> Option<Result<Answer, ApiError>> {
        let at = self.answers.iter().position(|(to, _)| *to == id)?;
        Some(self.answers.remove(at).1)
    }

    /// Previews, with the broker answering the what-if.
    fn preview_outcome(&mut self, draft: DraftInput) -> PreviewOutcome {
        let answer = match self.ask(Ask::Preview(draft)) {
            Some(answer) => answer,
            None => {
                let id = self.what_ifs.pop().expect("the broker was asked");
                self.event(Event::WhatIfAnswered {
                    id,
                    answer: Ok(what_if()),
                });
                self.answer_to(id).expect("an answer")
            }
        };
        match answer.expect("a preview") {
            Answer::Preview(outcome) => outcome,
            other => panic!("{other:?}"),
        }
    }

    fn preview(&mut self, draft: DraftInput) -> PreviewView {
        match self.preview_outcome(draft) {
            PreviewOutcome::Ready { preview } => *preview,
            other => panic!("{other:?}"),
        }
    }

    fn confirm(&mut self, preview: &PreviewView) -> Result<OrderView, ApiError> {
        self.confirm_typed(preview, None)
    }

    fn confirm_typed(
        &mut self,
        preview: &PreviewView,
        typed: Option<&str>,
    ) -> Result<OrderView, ApiError> {
        let preview = PreviewId::parse(&preview.id).unwrap();
        let typed = typed.map(str::to_owned);
        let answer = self.ask(Ask::Confirm {
            preview,
            typed,
            reasons: Vec::new(),
        });
        match answer.expect("an answer at once")? {
            Answer::Order(view) => Ok(*view),
            other => panic!("{other:?}"),
        }
    }

    /// An order that was sent.
    fn sent(&mut self, draft: DraftInput) -> OrderView {
        let preview = self.preview(draft);
        self.confirm(&preview).expect("sent")
    }

    fn order(&self, intent: &str) -> OrderView {
        let intent = IntentId::new(intent).unwrap();
        let no = self.desk.orders.by_intent(&intent).expect("the order");
        self.desk.order_view(no)
    }

    fn kinds(&self) -> Vec<&'static str> {
        self.records.iter().map(|r| r.entry.kind()).collect()
    }

    /// The broker tells that the account holds so many of it, bought at 150.
    fn holds(
        &mut self,
        account: &str,
        contract: gatehouse_domain::contract::Contract,
        quantity: &str,
    ) {
        self.broker(BrokerEvent::Position {
            account: account_id(account),
            contract,
            quantity: dec(quantity),
            average_cost: Some(dec("150")),
        });
    }

    fn status(&mut self, key: OrderKey, report: Report, filled: &str) {
        self.broker(BrokerEvent::Status(StatusSeen {
            key,
            report: Some(report),
            filled: dec(filled),
            remaining: Decimal::ZERO,
            why_held: None,
        }));
    }

    fn execution(&mut self, key: OrderKey, exec_id: &str, quantity: &str, price: &str) {
        self.broker(BrokerEvent::Execution {
            key,
            account: account_id(MARGIN),
            contract: apple().contract,
            side: Side::Buy,
            exec_id: ExecId::new(exec_id).unwrap(),
            quantity: Quantity::parse(quantity).unwrap(),
            price: dec(price),
            liquidity: None,
        });
    }
}

fn what_if() -> WhatIf {
    WhatIf {
        initial_margin: BeforeAfter {
            before: Some(dec("1000")),
            after: Some(dec("1900")),
        },
        maintenance_margin: BeforeAfter {
            before: Some(dec("500")),
            after: Some(dec("950")),
        },
        equity_with_loan: BeforeAfter {
            before: Some(dec("100000")),
            after: Some(dec("99999")),
        },
        commission: Some(Decimal::ONE),
        commission_currency: Some(Currency::USD),
        ..WhatIf::default()
    }
}

fn draft(intent: &str, account: &str, side: Side, quantity: &str, limit: &str) -> DraftInput {
    DraftInput {
        account: account.into(),
        con_id: Some(apple().contract.con_id.get()),
        side,
        quantity: quantity.into(),
        limit_price: limit.into(),
        ..DraftInput::empty(intent)
    }
}

fn buy(intent: &str) -> DraftInput {
    draft(intent, MARGIN, Side::Buy, "10", "180.00")
}

fn key(intent: &str, perm_id: i64, order_id: i32) -> OrderKey {
    OrderKey {
        perm_id: PermId::new(perm_id),
        order_id: OrderId::new(order_id),
        client_id: Some(17),
        order_ref: Some(intent.into()),
    }
}

fn listed(key: OrderKey, report: Report) -> OrderSeen {
    OrderSeen {
        key,
        terms: OrderTerms {
            account: account_id(MARGIN),
            contract: apple().contract,
            side: Side::Buy,
            quantity: Quantity::parse("10").unwrap(),
            pricing: Some(Pricing::Limit {
                price: Price::parse("180").unwrap(),
            }),
            order_type: "LMT".into(),
            tif: Some(TimeInForce::Day),
        },
        report: Some(report),
        filled: None,
        warning: None,
        ties: Ties::default(),
    }
}

fn con_id() -> ConId {
    apple().contract.con_id
}
