//! What a session tells from the start, and what becomes of it.

use crate::harness::{AAPL, Events, INDIVIDUAL, apple, con_id, config, reconciled, sim, start};
use gatehouse_desk::port::broker::{Broker, BrokerError, BrokerEvent, LinkFault, LinkState};
use gatehouse_desk::port::clock::{Clock, SystemClock};
use gatehouse_domain::account::Tag;
use gatehouse_domain::contract::SecurityKind;
use gatehouse_domain::decimal::Currency;
use gatehouse_domain::instant::UnixMillis;
use gatehouse_sim::server::{Action, Faults};
use gatehouse_tws::{Backoff, Tws};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

#[tokio::test]
async fn a_session_tells_accounts_positions_and_orders_and_then_that_it_has() {
    let sim = sim().await;
    let (tws, mut events) = start(config(sim.addr()));
    let session = events.up().await;
    let ids: Vec<_> = session.accounts.iter().map(|a| a.as_str()).collect();
    assert_eq!(ids, ["DU4000001", "DU4000002", "DU4000003"]);
    let seen = events.until(|e| *e == BrokerEvent::Reconciled).await;

    let mut types = BTreeMap::new();
    let mut figures = BTreeSet::new();
    let mut positions = 0;
    let mut complete = false;
    for event in &seen {
        match event {
            BrokerEvent::AccountType { account, text } => {
                types.insert(account.as_str(), text.as_str());
            }
            BrokerEvent::AccountBase { currency, .. } => assert_eq!(*currency, Currency::USD),
            BrokerEvent::AccountFigure {
                account,
                tag,
                value: Some(_),
            } => {
                figures.insert((account.as_str(), *tag));
            }
            BrokerEvent::Position { quantity, .. } => {
                assert!(!complete && !quantity.is_zero());
                positions += 1;
            }
            BrokerEvent::PositionsComplete => complete = true,
            BrokerEvent::Notice { code: 0, text } => panic!("{text}"),
            _ => {}
        }
    }
    assert_eq!(
        types,
        BTreeMap::from([
            ("DU4000001", "INDIVIDUAL"),
            ("DU4000002", "IRA-ROTH NEW"),
            ("DU4000003", "LLC")
        ])
    );
    for tag in [
        Tag::NetLiquidation,
        Tag::TotalCashValue,
        Tag::SettledCash,
        Tag::BuyingPower,
        Tag::AvailableFunds,
        Tag::ExcessLiquidity,
        Tag::InitMarginReq,
        Tag::MaintMarginReq,
    ] {
        for account in ids.iter() {
            assert!(figures.contains(&(*account, tag)), "{account} {tag:?}");
        }
    }
    assert!(complete);
    assert_eq!(positions, 21);
    tws.shutdown().await;
}

#[tokio::test]
async fn exchange_rates_and_profit_and_loss_follow() {
    let sim = sim().await;
    let (_tws, mut events) = start(config(sim.addr()));
    let (mut rate, mut account, mut position) = (false, false, false);
    events
        .until(|e| {
            match e {
                BrokerEvent::ExchangeRate { currency, .. } => {
                    rate |= currency.as_str() == "HKD";
                }
                BrokerEvent::AccountFigure {
                    tag: Tag::UnrealizedPnl,
                    value: Some(_),
                    ..
                } => account = true,
                BrokerEvent::PositionPnl {
                    unrealized: Some(_),
                    value: Some(_),
                    ..
                } => position = true,
                _ => {}
            }
            rate && account && position
        })
        .await;
}

#[tokio::test]
async fn instruments_are_found_by_symbol_and_have_their_price_steps() {
    let sim = sim().await;
    let (tws, _events, _) = reconciled(&sim).await;
    let found = tws.search("AAPL").await.unwrap();
    assert!(
        found
            .iter()
            .any(|m| m.con_id == con_id(AAPL) && m.kind == SecurityKind::Stock)
    );
    let apple = apple(&tws).await;
    assert_eq!(apple.contract.exchange, "SMART");
    assert_eq!(apple.contract.currency, Currency::USD);
    assert!(!apple.increments.is_empty());
    assert!(matches!(
        tws.instrument(con_id(1_999_999_999)).await,
        Err(BrokerError::Refused { code: 200, .. })
    ));
}

#[tokio::test]
async fn a_gateway_that_is_killed_is_noticed_and_found_again() {
    let mut sim = sim().await;
    let (tws, mut events, _) = reconciled(&sim).await;
    sim.stop().await;
    assert_eq!(events.down().await, LinkFault::Lost);
    assert_eq!(tws.search("AAPL").await, Err(BrokerError::NotConnected));
    assert_eq!(
        events.down().await,
        LinkFault::Refused {
            address: sim.addr().to_string()
        }
    );
    sim.resume().await.unwrap();
    let seen = events.until(|e| *e == BrokerEvent::Reconciled).await;
    let account_told = |e: &BrokerEvent| matches!(e, BrokerEvent::AccountType { account, .. } if account.as_str() == INDIVIDUAL);
    assert!(seen.iter().any(account_told));
    assert!(seen.contains(&BrokerEvent::PositionsComplete));
}

#[tokio::test]
async fn asking_to_connect_now_cuts_the_wait() {
    let mut sim = sim().await;
    sim.stop().await;
    let mut config = config(sim.addr());
    config.backoff = Backoff {
        first: Duration::from_secs(100_000),
        cap: Duration::from_secs(100_000),
        seed: 1,
    };
    let (tws, mut events) = start(config);
    events.down().await;
    sim.resume().await.unwrap();
    tws.connect_now();
    assert_eq!(
        events.next().await,
        BrokerEvent::Link(LinkState::Connecting { attempt: 2 })
    );
    events.up().await;
}

#[tokio::test]
async fn dropping_the_last_handle_frees_the_client_id() {
    let sim = sim().await;
    let (tws, events, _) = reconciled(&sim).await;
    drop((tws.clone(), tws, events));
    let (_next, mut events) = start(config(sim.addr()));
    // The first try may be quicker than the farewell.
    assert_eq!(events.up().await.client_id, 11);
}

#[tokio::test]
async fn shutdown_does_not_wait_for_a_reader_that_has_stopped_reading() {
    let sim = sim().await;
    let mut stuck = config(sim.addr());
    stuck.event_capacity = 1;
    let (tws, mut events) = start(stuck);
    events.up().await;
    // From here on nobody reads, and the channel is full.
    let end = tokio::time::timeout(crate::harness::LONG, tws.shutdown());
    end.await.unwrap();
    let (_next, mut events) = start(config(sim.addr()));
    assert_eq!(events.up().await.client_id, 11);
}

#[tokio::test]
async fn after_shutdown_the_client_id_is_free_at_once() {
    let sim = sim().await;
    let (tws, _events, _) = reconciled(&sim).await;
    tws.shutdown().await;
    let (_next, mut events) = start(config(sim.addr()));
    // Not one try finds it taken.
    let first = events
        .find(|e| match e {
            BrokerEvent::Link(state @ (LinkState::Up(_) | LinkState::Down { .. })) => {
                Some(state.clone())
            }
            _ => None,
        })
        .await;
    assert!(matches!(first, LinkState::Up(_)), "{first:?}");
}

#[tokio::test]
async fn a_person_who_wants_no_connection_gets_none_until_they_ask() {
    let sim = sim().await;
    let (tws, mut events, _) = reconciled(&sim).await;
    tws.disconnect();
    assert_eq!(events.down().await, LinkFault::NotWanted);
    assert!(!tws.is_wanted());
    // Its client id is free meanwhile.
    let (other, mut others) = start(config(sim.addr()));
    others.up().await;
    other.shutdown().await;
    tws.connect_now();
    events.up().await;
}

#[tokio::test]
async fn a_gateway_that_is_not_wanted_at_the_start_is_left_alone() {
    let sim = sim().await;
    let mut config = config(sim.addr());
    config.wanted = false;
    let (tws, mut events) = start(config);
    assert_eq!(events.down().await, LinkFault::NotWanted);
    let status = sim.act(Action::Status {}).await.unwrap();
    assert_eq!(status["requests"].as_u64(), Some(0));
    tws.connect_now();
    events.up().await;
}

#[tokio::test]
async fn a_port_that_opens_is_noticed_long_before_the_back_off_is_over() {
    let mut sim = sim().await;
    sim.stop().await;
    let mut config = config(sim.addr());
    config.backoff.first = Duration::from_secs(100_000);
    config.backoff.cap = config.backoff.first;
    let (_tws, mut events) = start(config);
    events.down().await;
    sim.resume().await.unwrap();
    events.up().await;
}

/// The computer's clock, which a test moves.
#[derive(Clone, Default)]
struct Moved(Arc<AtomicI64>);

impl Clock for Moved {
    fn now(&self) -> UnixMillis {
        UnixMillis(SystemClock.now().0 + self.0.load(Ordering::Relaxed))
    }
}

#[tokio::test]
async fn a_short_sleep_has_the_gateway_asked_and_a_long_one_has_the_session_made_anew() {
    let sim = sim().await;
    let clock = Moved::default();
    let (tws, events) = Tws::start(config(sim.addr()), clock.clone());
    let mut events = Events(events);
    events.until(|e| *e == BrokerEvent::Reconciled).await;
    let slept = |e: &BrokerEvent| matches!(e, BrokerEvent::Slept(_));

    clock.0.fetch_add(20_000, Ordering::Relaxed);
    events.until(slept).await;
    let seen = events.until(|e| *e == BrokerEvent::Awake).await;
    assert!(!seen.iter().any(|e| matches!(e, BrokerEvent::Link(_))));

    clock.0.fetch_add(3_600_000, Ordering::Relaxed);
    events.until(slept).await;
    assert_eq!(events.down().await, LinkFault::Slept);
    events.up().await;
    events.until(|e| *e == BrokerEvent::Reconciled).await;

    // A gateway that does not answer after a short one is given up too.
    sim.set_faults(Faults {
        silent: true,
        ..Faults::default()
    });
    clock.0.fetch_add(20_000, Ordering::Relaxed);
    assert_eq!(events.down().await, LinkFault::Slept);
    sim.set_faults(Faults::default());
    events.until(|e| *e == BrokerEvent::Reconciled).await;
    drop(tws);
}
