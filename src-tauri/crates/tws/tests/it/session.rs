//! What a session tells from the start, and what becomes of it.

use crate::harness::{AAPL, INDIVIDUAL, apple, con_id, config, reconciled, sim, start};
use gatehouse_desk::port::broker::{Broker, BrokerError, BrokerEvent, LinkFault, LinkState};
use gatehouse_domain::account::Tag;
use gatehouse_domain::contract::SecurityKind;
use gatehouse_domain::decimal::Currency;
use gatehouse_tws::Backoff;
use std::collections::{BTreeMap, BTreeSet};
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
