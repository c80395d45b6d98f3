//! A gateway, an adapter on it, and a reader of its events.

use gatehouse_desk::port::broker::{Broker, BrokerEvent, LinkFault, LinkState, OrderKey, Session};
use gatehouse_desk::port::clock::SystemClock;
use gatehouse_domain::account::AccountKind;
use gatehouse_domain::contract::Instrument;
use gatehouse_domain::decimal::Price;
use gatehouse_domain::draft::{Draft, Side};
use gatehouse_domain::id::{ConId, IntentId, PreviewId};
use gatehouse_domain::observed::Observed;
use gatehouse_domain::pricing::Pricing;
use gatehouse_domain::what_if::WhatIf;
use gatehouse_rules::{
    Approved, Cleared, Confirmation, Facts, Order, RuleBook, Weighed, approve, weigh,
};
use gatehouse_sim::server::{Sim, SimConfig, SimHandle};
use gatehouse_sim::world::Scenario;
use gatehouse_testkit as kit;
use gatehouse_tws::{Backoff, Tws, TwsConfig};
use std::net::SocketAddr;
use std::time::Duration;
use tokio::sync::mpsc;

/// Longer than anything takes on a busy machine.
pub const LONG: Duration = Duration::from_secs(60);
pub const AAPL: i32 = 265_598;
pub const INDIVIDUAL: &str = "DU4000001";

pub async fn sim() -> SimHandle {
    Sim::start(SimConfig::new(Scenario::three_accounts(7)))
        .await
        .unwrap()
}

/// The adapter's settings for a gateway at this place: quick to come back.
pub fn config(addr: SocketAddr) -> TwsConfig {
    TwsConfig {
        connect_timeout: Duration::from_secs(20),
        answer_timeout: Duration::from_secs(30),
        what_if_timeout: Duration::from_secs(30),
        backoff: Backoff {
            first: Duration::from_millis(20),
            cap: Duration::from_millis(100),
            seed: 3,
        },
        ..TwsConfig::new("127.0.0.1", addr.port(), 11)
    }
}

pub fn start(config: TwsConfig) -> (Tws, Events) {
    let (tws, events) = Tws::start(config, SystemClock);
    (tws, Events(events))
}

/// An adapter on this gateway that has been reconciled, and what it told until then.
pub async fn reconciled(sim: &SimHandle) -> (Tws, Events, Vec<BrokerEvent>) {
    let (tws, mut events) = start(config(sim.addr()));
    let seen = events.until(|e| *e == BrokerEvent::Reconciled).await;
    (tws, events, seen)
}

/// What the adapter tells.
pub struct Events(pub mpsc::Receiver<BrokerEvent>);

impl Events {
    pub async fn next(&mut self) -> BrokerEvent {
        tokio::time::timeout(LONG, self.0.recv())
            .await
            .expect("silence")
            .expect("the adapter ended")
    }

    /// Everything up to the event that is waited for, which is the last.
    pub async fn until(
        &mut self,
        mut wanted: impl FnMut(&BrokerEvent) -> bool,
    ) -> Vec<BrokerEvent> {
        let mut seen = Vec::new();
        let waiting = async {
            loop {
                let event = self.0.recv().await.expect("the adapter ended");
                let last = wanted(&event);
                seen.push(event);
                if last {
                    return;
                }
            }
        };
        if tokio::time::timeout(LONG, waiting).await.is_err() {
            seen.retain(|e| {
                !matches!(e, BrokerEvent::Ticks(_) | BrokerEvent::AccountFigure { .. })
            });
            panic!("it never came; instead: {seen:#?}");
        }
        seen
    }

    /// What the wanted event holds.
    pub async fn find<T>(&mut self, mut wanted: impl FnMut(&BrokerEvent) -> Option<T>) -> T {
        let mut found = None;
        self.until(|event| {
            found = wanted(event);
            found.is_some()
        })
        .await;
        found.unwrap()
    }

    pub async fn up(&mut self) -> Session {
        self.find(|e| match e {
            BrokerEvent::Link(LinkState::Up(session)) => Some(session.clone()),
            _ => None,
        })
        .await
    }

    pub async fn down(&mut self) -> LinkFault {
        self.find(|e| match e {
            BrokerEvent::Link(LinkState::Down { fault, .. }) => Some(fault.clone()),
            _ => None,
        })
        .await
    }
}

pub fn con_id(id: i32) -> ConId {
    ConId::new(id).unwrap()
}

pub async fn apple(tws: &Tws) -> Instrument {
    tws.instrument(con_id(AAPL)).await.unwrap()
}

/// A limit order for Apple under this intent.
pub fn limit(intent: &str, account: &str, side: Side, quantity: &str, price: Price) -> Draft {
    Draft {
        intent: IntentId::new(intent).unwrap(),
        pricing: Pricing::Limit { price },
        ..kit::limit(account, side, quantity, "1")
    }
}

/// Passes a draft through the rules, which see a market around its own price.
pub fn weighed(draft: &Draft, instrument: &Instrument) -> Weighed {
    let price = draft.pricing.limit().map_or(kit::dec("200"), Price::get);
    let mut quote = gatehouse_domain::quote::Quote::default();
    for field in [
        gatehouse_domain::quote::QuoteField::Bid,
        gatehouse_domain::quote::QuoteField::Ask,
    ] {
        quote.take(&kit::tick(
            draft.con_id,
            field,
            &price.to_string(),
            kit::START,
        ));
    }
    let account = kit::account(draft.account.as_str(), AccountKind::Individual);
    let facts = Facts {
        mode: gatehouse_domain::account::Mode::Paper,
        connected: true,
        account: Some(&account),
        quote: Some(&quote),
        position: Some(kit::dec("100000")),
        working_buys_cost: Some(kit::dec("0")),
        ends_elsewhere: Some(kit::dec("0")),
        ..Facts::of(instrument)
    };
    let book = RuleBook::default()
        .with_severity("cap.quantity", None)
        .and_then(|book| book.with_severity("cap.value", None))
        .unwrap();
    let what_if = WhatIf::default();
    let told = Observed::live(&what_if, kit::START);
    weigh(draft, &facts, told, &book, kit::START).expect("nothing blocks")
}

pub fn cleared(draft: &Draft, instrument: &Instrument) -> Cleared {
    weighed(draft, instrument).cleared().clone()
}

pub fn approved(draft: &Draft, instrument: &Instrument) -> Approved<Order> {
    let again = weighed(draft, instrument);
    let id = PreviewId::new(1);
    let preview = weighed(draft, instrument).previewed(id, kit::START, Duration::from_secs(60));
    let confirmation = Confirmation::by_person(id, kit::START, None);
    approve(&again, preview, confirmation, kit::dec("0.02")).unwrap()
}

/// Whether a key is that of our order with this intent.
pub fn is(key: &OrderKey, intent: &str) -> bool {
    key.order_ref.as_deref() == Some(intent)
}
