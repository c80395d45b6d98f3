//! The gateway's own troubles: its link to IBKR, its farms, another login, a read-only API.

use crate::harness::{
    AAPL, INDIVIDUAL, apple, approved, cleared, con_id, config, is, limit, reconciled, sim, start,
};
use gatehouse_desk::port::broker::{Broker, BrokerError, BrokerEvent, LinkFault};
use gatehouse_domain::account::Tag;
use gatehouse_domain::decimal::Price;
use gatehouse_domain::draft::Side;
use gatehouse_domain::observed::Source;
use gatehouse_domain::quote::{QuoteField, Tick};
use gatehouse_sim::server::{Action, Faults, SimHandle};
use gatehouse_testkit as kit;
use std::time::Duration;

const LOST: BrokerEvent = BrokerEvent::Upstream { connected: false };
const BACK: BrokerEvent = BrokerEvent::Upstream { connected: true };

fn ticks(event: &BrokerEvent) -> &[Tick] {
    match event {
        BrokerEvent::Ticks(ticks) => ticks,
        _ => &[],
    }
}

fn bid_from(event: &BrokerEvent, source: Source) -> bool {
    ticks(event)
        .iter()
        .any(|t| t.field == QuoteField::Bid && t.value.is_some() && t.source == source)
}

async fn notice(sim: &SimHandle, code: i32) {
    let text = None;
    sim.act(Action::Notice { code, text }).await.unwrap();
}

fn price(text: &str) -> Price {
    Price::new(kit::dec(text)).unwrap()
}

#[tokio::test]
async fn the_gateways_lost_link_is_told_and_with_1102_the_quotes_go_on() {
    let sim = sim().await;
    let (tws, mut events, _) = reconciled(&sim).await;
    tws.watch(&apple(&tws).await.contract);
    events.until(|e| bid_from(e, Source::Live)).await;
    sim.act(Action::LoseUpstream {}).await.unwrap();
    events.until(|e| *e == LOST).await;
    let data_lost = false;
    sim.act(Action::RestoreUpstream { data_lost })
        .await
        .unwrap();
    events.until(|e| *e == BACK).await;
    events.until(|e| bid_from(e, Source::Live)).await;
}

#[tokio::test]
async fn after_1101_the_lines_are_opened_again() {
    let sim = sim().await;
    let (tws, mut events, _) = reconciled(&sim).await;
    tws.watch(&apple(&tws).await.contract);
    events.until(|e| bid_from(e, Source::Live)).await;
    sim.act(Action::LoseUpstream {}).await.unwrap();
    events.until(|e| *e == LOST).await;
    let data_lost = true;
    sim.act(Action::RestoreUpstream { data_lost })
        .await
        .unwrap();
    events.until(|e| *e == BACK).await;
    // The gateway has forgotten the line: quotes come only when they are asked for anew.
    events.until(|e| bid_from(e, Source::Live)).await;
    events.until(|e| bid_from(e, Source::Live)).await;
}

#[tokio::test]
async fn after_1101_what_is_told_of_accounts_is_asked_for_anew() {
    let sim = sim().await;
    let (_tws, mut events, _) = reconciled(&sim).await;
    let lost = |data_lost| Action::RestoreUpstream { data_lost };
    for _ in 0..2 {
        sim.act(Action::LoseUpstream {}).await.unwrap();
        events.until(|e| *e == LOST).await;
        sim.act(lost(true)).await.unwrap();
        events.until(|e| *e == BACK).await;
        // These come at the beginning of a stream only.
        let (mut types, mut positions) = (0, false);
        // And these by their streams.
        let (mut daily, mut cash, mut each) = (false, false, false);
        events
            .until(|event| {
                match event {
                    BrokerEvent::AccountType { .. } => types += 1,
                    BrokerEvent::PositionsComplete => positions = true,
                    BrokerEvent::AccountFigure { tag, .. } => daily |= *tag == Tag::DailyPnl,
                    BrokerEvent::Cash { .. } => cash = true,
                    BrokerEvent::PositionPnl { .. } => each = true,
                    _ => {}
                }
                types >= 3 && positions && daily && cash && each
            })
            .await;
    }
}

#[tokio::test]
async fn after_every_cut_the_orders_are_listed_anew() {
    let sim = sim().await;
    let (tws, mut events, _) = reconciled(&sim).await;
    let apple = apple(&tws).await;
    let draft = limit("i-1", INDIVIDUAL, Side::Buy, "1", price("1.00"));
    tws.place(approved(&draft, &apple)).await.unwrap();
    let told = |e: &BrokerEvent| matches!(e, BrokerEvent::Order(seen) if is(&seen.key, "i-1"));
    events.until(told).await;
    for data_lost in [true, false] {
        sim.act(Action::LoseUpstream {}).await.unwrap();
        events.until(|e| *e == LOST).await;
        sim.act(Action::RestoreUpstream { data_lost })
            .await
            .unwrap();
        events.until(|e| *e == BACK).await;
        let seen = events.until(|e| *e == BrokerEvent::Reconciled).await;
        assert!(seen.iter().any(told), "{data_lost}");
    }
}

#[tokio::test]
async fn a_broken_server_link_is_a_lost_link_and_farms_are_notices() {
    let sim = sim().await;
    let (_tws, mut events, _) = reconciled(&sim).await;
    for code in [2103, 2104, 2105, 2106, 2157, 2158, 100] {
        notice(&sim, code).await;
        let told = |e: &BrokerEvent| matches!(e, BrokerEvent::Notice { code: c, .. } if *c == code);
        events.until(told).await;
    }
    notice(&sim, 2110).await;
    events.until(|e| *e == LOST).await;
    notice(&sim, 1102).await;
    events.until(|e| *e == BACK).await;
}

#[tokio::test]
async fn another_login_that_takes_the_data_is_told_for_every_line() {
    let sim = sim().await;
    let (tws, mut events, _) = reconciled(&sim).await;
    tws.watch(&apple(&tws).await.contract);
    events.until(|e| bid_from(e, Source::Live)).await;
    sim.act(Action::CompetingSession {}).await.unwrap();
    let refused = |e: &BrokerEvent| matches!(e, BrokerEvent::QuoteRefused { con_id: id, code: 10197, .. } if *id == con_id(AAPL));
    events.until(refused).await;
}

#[tokio::test]
async fn delayed_data_in_place_of_live_data_is_marked_as_delayed() {
    let sim = sim().await;
    sim.set_faults(Faults {
        delayed_instead: true,
        ..Faults::default()
    });
    let (tws, mut events, _) = reconciled(&sim).await;
    tws.watch(&apple(&tws).await.contract);
    let seen = events.until(|e| bid_from(e, Source::Delayed)).await;
    assert!(!seen.iter().any(|e| bid_from(e, Source::Live)));
}

#[tokio::test]
async fn a_read_only_api_is_told_and_takes_no_order() {
    let sim = sim().await;
    let (tws, mut events, _) = reconciled(&sim).await;
    let apple = apple(&tws).await;
    sim.set_faults(Faults {
        read_only: true,
        ..Faults::default()
    });
    let draft = limit("i-1", INDIVIDUAL, Side::Buy, "1", price("1.00"));
    let asked = tws
        .what_if(cleared(&draft, &apple).dry_run())
        .await
        .unwrap_err();
    assert!(
        matches!(&asked, BrokerError::Refused { code: 321, text } if text.contains("Read-Only")),
        "{asked:?}"
    );
    tws.place(approved(&draft, &apple)).await.unwrap();
    let about_the_order = |e: &BrokerEvent| matches!(e, BrokerEvent::OrderNotice { code: 321, text, .. } if text.contains("Read-Only"));
    events.until(about_the_order).await;
    let orders = sim.with_world(|world| world.open_orders().len()).await;
    assert_eq!(orders, Some(0));
}

#[tokio::test]
async fn a_gateway_whose_api_is_read_only_from_the_start_says_so_until_it_is_unticked() {
    let sim = sim().await;
    sim.set_faults(Faults {
        read_only: true,
        ..Faults::default()
    });
    let mut config = config(sim.addr());
    config.answer_timeout = Duration::from_millis(500);
    let (_tws, mut events) = start(config);
    events
        .until(|e| matches!(e, BrokerEvent::OrdersRefused { code: 321, .. }))
        .await;
    sim.set_faults(Faults::default());
    events.until(|e| matches!(e, BrokerEvent::Reconciled)).await;
}

#[tokio::test]
async fn a_gateway_that_falls_silent_is_noticed_by_the_heartbeat() {
    let sim = sim().await;
    let mut config = config(sim.addr());
    config.heartbeat = Some(Duration::from_millis(20));
    config.answer_timeout = Duration::from_millis(1_500);
    let (_tws, mut events) = start(config);
    events.until(|e| *e == BrokerEvent::Reconciled).await;
    let requests = async || {
        let status = sim.act(Action::Status {}).await.unwrap();
        status["requests"].as_u64().unwrap()
    };
    // Some heartbeats have been answered by now.
    let begun = requests().await;
    while requests().await < begun + 20 {
        tokio::task::yield_now().await;
    }
    sim.set_faults(Faults {
        silent: true,
        ..Faults::default()
    });
    assert_eq!(events.down().await, LinkFault::Lost);
    sim.set_faults(Faults::default());
    events.until(|e| *e == BrokerEvent::Reconciled).await;
}

#[tokio::test]
async fn a_client_id_held_by_a_dead_connection_is_taken_once_it_is_free() {
    let sim = sim().await;
    sim.set_faults(Faults {
        stuck_client_id: Some(11),
        ..Faults::default()
    });
    let (_tws, mut events) = start(config(sim.addr()));
    assert_eq!(
        events.down().await,
        LinkFault::ClientIdInUse { client_id: 11 }
    );
    sim.set_faults(Faults::default());
    assert_eq!(events.up().await.client_id, 11);
}

#[tokio::test]
async fn an_address_that_is_not_trusted_is_told() {
    let sim = sim().await;
    sim.set_faults(Faults {
        close_on_accept: true,
        ..Faults::default()
    });
    let (_tws, mut events) = start(config(sim.addr()));
    let fault = events.down().await;
    assert!(
        matches!(fault, LinkFault::ClosedInHandshake(_)),
        "{fault:?}"
    );
}

#[tokio::test]
async fn one_byte_at_a_time_is_understood() {
    let sim = sim().await;
    sim.set_faults(Faults {
        one_byte_writes: true,
        ..Faults::default()
    });
    let (_tws, _events, seen) = reconciled(&sim).await;
    assert!(seen.contains(&BrokerEvent::PositionsComplete));
}
