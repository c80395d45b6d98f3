//! Market-data lines.

use crate::harness::{AAPL, apple, con_id, config, reconciled, sim, start};
use gatehouse_desk::port::broker::{Broker, BrokerEvent};
use gatehouse_domain::observed::Source;
use gatehouse_domain::quote::{QuoteField, Tick};
use gatehouse_sim::server::{Sim, SimConfig};
use gatehouse_sim::world::Scenario;
use std::time::Instant;

fn ticks(event: &BrokerEvent) -> &[Tick] {
    match event {
        BrokerEvent::Ticks(ticks) => ticks,
        _ => &[],
    }
}

fn bid(event: &BrokerEvent) -> bool {
    ticks(event)
        .iter()
        .any(|t| t.field == QuoteField::Bid && t.value.is_some() && t.source == Source::Live)
}

#[tokio::test]
async fn a_watched_contract_is_quoted_live_and_again_after_the_link_came_back() {
    let mut sim = sim().await;
    let (tws, mut events, _) = reconciled(&sim).await;
    let apple = apple(&tws).await;
    tws.watch(&apple.contract);
    tws.watch(&apple.contract);
    events.until(bid).await;
    sim.stop().await;
    events.down().await;
    sim.resume().await.unwrap();
    events.up().await;
    events.until(bid).await;
}

#[tokio::test]
async fn a_contract_watched_before_the_link_is_quoted_once_it_is_up_until_it_is_unwatched() {
    let sim = sim().await;
    let (first, _events, _) = reconciled(&sim).await;
    let apple = apple(&first).await;
    first.shutdown().await;

    let (tws, mut events) = start(config(sim.addr()));
    tws.watch(&apple.contract);
    events.until(bid).await;
    tws.unwatch(apple.contract.con_id);
    tws.watch(&apple.contract);
    events.until(bid).await;
}

#[tokio::test]
async fn without_leave_for_live_data_the_refusal_is_told() {
    let mut config_of_sim = SimConfig::new(Scenario::three_accounts(7));
    config_of_sim.live_data = false;
    let sim = Sim::start(config_of_sim).await.unwrap();
    let (tws, mut events, _) = reconciled(&sim).await;
    tws.watch(&apple(&tws).await.contract);
    let code = events
        .find(|e| match e {
            BrokerEvent::QuoteRefused {
                con_id: id, code, ..
            } if *id == con_id(AAPL) => Some(*code),
            _ => None,
        })
        .await;
    assert_eq!(code, 354);
}

#[tokio::test]
async fn a_line_that_was_refused_is_delayed_once_the_person_takes_that_and_after_a_lost_link() {
    let mut config_of_sim = SimConfig::new(Scenario::three_accounts(7));
    config_of_sim.live_data = false;
    let mut sim = Sim::start(config_of_sim).await.unwrap();
    let (tws, mut events, _) = reconciled(&sim).await;
    tws.watch(&apple(&tws).await.contract);
    let refused = |e: &BrokerEvent| matches!(e, BrokerEvent::QuoteRefused { .. });
    events.until(refused).await;
    tws.use_delayed_data();
    let delayed = |e: &BrokerEvent| {
        ticks(e)
            .iter()
            .any(|t| t.field == QuoteField::Bid && t.source == Source::Delayed)
    };
    events.until(delayed).await;
    sim.stop().await;
    events.down().await;
    sim.resume().await.unwrap();
    events.up().await;
    events.until(delayed).await;
}

/// The rate is printed, not asserted: it depends on the machine and the build.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_flood_arrives_without_a_gap() {
    const TOTAL: u64 = 200_000;
    let mut flooding = SimConfig::new(Scenario::three_accounts(7));
    flooding.flood = Some(TOTAL);
    let sim = Sim::start(flooding).await.unwrap();
    let mut config = config(sim.addr());
    config.channel_capacity = 1 << 18;
    let (tws, mut events) = start(config);
    events.until(|e| *e == BrokerEvent::Reconciled).await;
    let apple = apple(&tws).await;
    let begun = Instant::now();
    tws.watch(&apple.contract);
    // Every item of the flood is a price with its size.
    let mut count = 0;
    events
        .until(|e| {
            count += ticks(e).len() as u64;
            count >= 2 * TOTAL
        })
        .await;
    let rate = TOTAL as f64 / begun.elapsed().as_secs_f64();
    println!("{rate:.0} messages/s");
    assert_eq!(count, 2 * TOTAL);
}

#[tokio::test]
async fn after_a_gap_the_whole_picture_is_asked_for_again() {
    const TOTAL: u64 = 20_000;
    let mut flooding = SimConfig::new(Scenario::three_accounts(7));
    flooding.flood = Some(TOTAL);
    let sim = Sim::start(flooding).await.unwrap();
    let mut config = config(sim.addr());
    config.channel_capacity = 1024;
    config.event_capacity = 1;
    let (tws, mut events) = start(config);
    events.until(|e| *e == BrokerEvent::Reconciled).await;
    let (apple, _) = tokio::join!(
        async {
            let apple = apple(&tws).await;
            tws.watch(&apple.contract);
            apple
        },
        events.until(|e| !ticks(e).is_empty())
    );
    // Nobody reads events now; the answer comes behind the flood on the same socket.
    let found = tws.search(apple.contract.symbol.as_str()).await;
    assert!(found.is_ok());
    // One flood has no more than this; another one comes only when it is asked for.
    let mut count = 0;
    events
        .until(|e| {
            count += ticks(e).len() as u64;
            count > 2 * TOTAL
        })
        .await;
}

#[tokio::test]
async fn a_year_of_implied_volatility_ends_at_what_the_line_tells_and_is_asked_for_once() {
    let sim = sim().await;
    let (tws, mut events, _) = reconciled(&sim).await;
    let apple = apple(&tws).await;
    let history = tws.volatility_history(&apple.contract).await.unwrap();
    let days = &history.value;
    assert!((200..=366).contains(&days.len()), "{}", days.len());
    assert!(days.is_sorted_by_key(|day| day.day));
    tws.watch(&apple.contract);
    let now = events
        .find(|e| {
            let mut told = ticks(e).iter();
            told.find(|t| t.field == QuoteField::ImpliedVolatility)
                .and_then(|t| t.value)
        })
        .await;
    assert_eq!(days.last().map(|day| day.volatility), Some(now));
    let again = tws.volatility_history(&apple.contract).await.unwrap();
    assert_eq!(again, history);
}

#[tokio::test]
async fn days_of_trading_are_enough_for_an_average_range_and_are_asked_for_once() {
    let sim = sim().await;
    let (tws, _events, _) = reconciled(&sim).await;
    let apple = apple(&tws).await;
    let days = tws.day_bars(&apple.contract).await.unwrap();
    assert!(
        (100..=184).contains(&days.value.len()),
        "{}",
        days.value.len()
    );
    assert!(days.value.is_sorted_by_key(|day| day.day));
    assert!(
        days.value
            .iter()
            .all(|day| day.low <= day.close && day.close <= day.high)
    );
    assert_eq!(tws.day_bars(&apple.contract).await.unwrap(), days);
}
