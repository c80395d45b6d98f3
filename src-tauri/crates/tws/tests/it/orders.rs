//! Orders over the real wire.

use crate::harness::{
    AAPL, Events, INDIVIDUAL, apple, approved, cleared, con_id, config, is, limit, reconciled, sim,
    start,
};
use gatehouse_desk::port::broker::{
    Broker, BrokerError, BrokerEvent, LinkFault, OrderKey, OrderSeen, PlaceError,
};
use gatehouse_domain::contract::Instrument;
use gatehouse_domain::decimal::{Price, Toward};
use gatehouse_domain::draft::{Draft, Side};
use gatehouse_domain::order::Report;
use gatehouse_domain::quote::QuoteField;
use gatehouse_sim::server::{DropPoint, Faults};
use gatehouse_testkit::dec;
use gatehouse_tws::Tws;
use ibapi::orders::order_builder;
use std::time::Duration;

/// The ask of Apple, by its own line.
async fn ask(tws: &Tws, events: &mut Events, apple: &Instrument) -> Price {
    tws.watch(&apple.contract);
    let ask = events
        .find(|e| match e {
            BrokerEvent::Ticks(ticks) => ticks
                .iter()
                .find(|t| t.field == QuoteField::Ask)
                .and_then(|t| t.value),
            _ => None,
        })
        .await;
    Price::new(ask).unwrap()
}

/// A price at which a buy fills, and one at which it does not.
async fn prices(tws: &Tws, events: &mut Events, apple: &Instrument) -> (Price, Price) {
    let ask = ask(tws, events, apple).await;
    let at = |factor: &str| {
        Price::new(ask.get() * dec(factor))
            .unwrap()
            .to_tick(dec("0.01"), Toward::Lower)
            .unwrap()
    };
    (at("1.02"), at("0.93"))
}

fn buy(intent: &str, quantity: &str, price: Price) -> Draft {
    limit(intent, INDIVIDUAL, Side::Buy, quantity, price)
}

fn status_of(event: &BrokerEvent, intent: &str) -> Option<(OrderKey, Report)> {
    match event {
        BrokerEvent::Status(s) if is(&s.key, intent) => {
            s.report.clone().map(|report| (s.key.clone(), report))
        }
        _ => None,
    }
}

async fn reported(events: &mut Events, intent: &str, wanted: Report) -> OrderKey {
    events
        .find(|e| {
            status_of(e, intent)
                .filter(|(_, report)| *report == wanted)
                .map(|(key, _)| key)
        })
        .await
}

fn listed<'a>(seen: &'a [BrokerEvent], intent: &str) -> Option<&'a OrderSeen> {
    seen.iter().rev().find_map(|e| match e {
        BrokerEvent::Order(order) if is(&order.key, intent) => Some(order),
        _ => None,
    })
}

#[tokio::test]
async fn a_what_if_tells_margins_and_commission_and_leaves_no_trace() {
    let sim = sim().await;
    let (tws, mut events, _) = reconciled(&sim).await;
    let apple = apple(&tws).await;
    let (fills, _) = prices(&tws, &mut events, &apple).await;
    let dry = cleared(&buy("dry-1", "10", fills), &apple).dry_run();
    let what_if = tws.what_if(dry).await.unwrap();
    assert!(what_if.has_margin(), "{what_if:?}");
    assert!(what_if.commission.is_some() || what_if.max_commission.is_some());
    // A word about it would have come before the word about an order placed later.
    tws.place(approved(&buy("real-1", "10", fills), &apple))
        .await
        .unwrap();
    let mut traces = 0;
    events
        .until(|e| {
            let key = match e {
                BrokerEvent::Order(o) => Some(&o.key),
                BrokerEvent::Status(s) => Some(&s.key),
                BrokerEvent::OrderNotice { key, .. } => Some(key),
                _ => None,
            };
            traces += usize::from(key.is_some_and(|k| !is(k, "real-1")));
            matches!(status_of(e, "real-1"), Some((_, Report::Filled)))
        })
        .await;
    assert_eq!(traces, 0);
}

#[tokio::test]
async fn a_gateway_that_never_answers_a_what_if_is_not_waited_for_for_ever() {
    let sim = sim().await;
    sim.set_faults(Faults {
        mute_what_if: true,
        ..Faults::default()
    });
    let mut config = config(sim.addr());
    config.what_if_timeout = Duration::from_secs(1);
    let (tws, mut events) = start(config);
    events.up().await;
    let apple = apple(&tws).await;
    let dry = cleared(&buy("dry-2", "10", Price::parse("200").unwrap()), &apple).dry_run();
    assert_eq!(
        tws.what_if(dry).await,
        Err(BrokerError::TimedOut { seconds: 1 })
    );
}

#[tokio::test]
async fn an_order_is_listed_filled_and_paid_for_under_its_intent() {
    let sim = sim().await;
    let (tws, mut events, _) = reconciled(&sim).await;
    let apple = apple(&tws).await;
    let (fills, _) = prices(&tws, &mut events, &apple).await;
    tws.place(approved(&buy("fill-1", "30", fills), &apple))
        .await
        .unwrap();

    let (mut executed, mut owed, mut paid) = (dec("0"), Vec::new(), 0);
    let mut order = None;
    events
        .until(|e| {
            match e {
                BrokerEvent::Order(o) if is(&o.key, "fill-1") => order = Some(o.clone()),
                BrokerEvent::Execution {
                    key,
                    quantity,
                    price,
                    exec_id,
                    ..
                } if is(key, "fill-1") => {
                    assert!(*price <= fills.get() && key.perm_id.is_some());
                    if !owed.contains(exec_id) {
                        executed += quantity.get();
                        owed.push(exec_id.clone());
                    }
                }
                BrokerEvent::Commission {
                    exec_id, amount, ..
                } if owed.contains(exec_id) => {
                    assert!(*amount > dec("0"));
                    paid += 1;
                }
                _ => {}
            }
            executed == dec("30") && paid >= owed.len()
        })
        .await;
    let order = order.unwrap();
    assert_eq!(order.terms.quantity.get(), dec("30"));
    assert_eq!(order.terms.account.as_str(), INDIVIDUAL);
    assert_eq!(order.terms.pricing.and_then(|p| p.limit()), Some(fills));

    // Another session is told the same from the start.
    tws.shutdown().await;
    let (_next, _events, seen) = reconciled(&sim).await;
    let done = listed(&seen, "fill-1").expect("the completed order");
    assert_eq!(done.report, Some(Report::Filled));
    assert_eq!(done.terms.quantity.get(), dec("30"));
    let again: rust_decimal::Decimal = seen
        .iter()
        .filter_map(|e| match e {
            BrokerEvent::Execution { key, quantity, .. } if is(key, "fill-1") => {
                Some(quantity.get())
            }
            _ => None,
        })
        .sum();
    assert_eq!(again, dec("30"));
}

#[tokio::test]
async fn a_working_order_is_cancelled_even_by_the_next_session() {
    let mut sim = sim().await;
    let (tws, mut events, _) = reconciled(&sim).await;
    let apple = apple(&tws).await;
    let (_, works) = prices(&tws, &mut events, &apple).await;
    tws.place(approved(&buy("work-1", "5", works), &apple))
        .await
        .unwrap();
    tws.place(approved(&buy("work-2", "5", works), &apple))
        .await
        .unwrap();
    let first = reported(&mut events, "work-1", Report::Submitted).await;
    tws.cancel(&first).await.unwrap();
    reported(&mut events, "work-1", Report::Cancelled).await;

    sim.stop().await;
    events.down().await;
    sim.resume().await.unwrap();
    let seen = events.until(|e| *e == BrokerEvent::Reconciled).await;
    let second = listed(&seen, "work-2").expect("the open order");
    assert_eq!(
        listed(&seen, "work-1").unwrap().report,
        Some(Report::Cancelled)
    );
    let by_perm = OrderKey {
        perm_id: second.key.perm_id,
        ..OrderKey::default()
    };
    tws.cancel(&by_perm).await.unwrap();
    reported(&mut events, "work-2", Report::Cancelled).await;
}

#[tokio::test]
async fn another_programs_order_is_listed_but_not_cancelled() {
    let sim = sim().await;
    let other = ibapi::Client::connect(&sim.addr().to_string(), 77)
        .await
        .unwrap();
    let mut order = order_builder::limit_order(ibapi::orders::Action::Buy, 3.0, 20.0);
    order.account = INDIVIDUAL.into();
    order.order_ref = "theirs".into();
    let contract = ibapi::contracts::Contract::stock("AAPL").build();
    let id = other.next_order_id();
    let mut placed = other.place_order(id, &contract, &order).await.unwrap();
    use futures::StreamExt;
    placed.next().await.unwrap().unwrap();

    let (tws, _events, seen) = reconciled(&sim).await;
    let theirs = listed(&seen, "theirs").expect("the other program's order");
    assert_eq!(theirs.key.client_id, Some(77));
    assert_eq!(theirs.terms.contract.con_id, con_id(AAPL));
    match tws.cancel(&theirs.key).await {
        Err(BrokerError::Refused { code: 10147, text }) => assert!(text.contains("77"), "{text}"),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn an_order_that_was_cut_off_on_its_way_is_never_sent_again() {
    for (point, there) in [(DropPoint::BeforeActing, 0), (DropPoint::AfterActing, 1)] {
        let sim = sim().await;
        let (tws, mut events, _) = reconciled(&sim).await;
        let apple = apple(&tws).await;
        let (_, works) = prices(&tws, &mut events, &apple).await;
        sim.set_faults(Faults {
            drop_on_place: Some(point),
            ..Faults::default()
        });
        let sent = tws.place(approved(&buy("cut-1", "5", works), &apple)).await;
        assert!(!matches!(sent, Err(PlaceError::NotSent(_))), "{sent:?}");
        assert_eq!(events.down().await, LinkFault::Lost);
        let seen = events.until(|e| *e == BrokerEvent::Reconciled).await;
        let mut perms: Vec<_> = seen
            .iter()
            .filter_map(|e| match e {
                BrokerEvent::Order(o) if is(&o.key, "cut-1") => o.key.perm_id,
                _ => None,
            })
            .collect();
        perms.dedup();
        assert_eq!(perms.len(), there, "{point:?}");
    }
}

#[tokio::test]
async fn what_surely_was_not_sent_is_said_to_be() {
    let mut sim = sim().await;
    let (tws, mut events, _) = reconciled(&sim).await;
    let apple = apple(&tws).await;
    let price = Price::parse("200").unwrap();
    let stranger = limit("no-1", "DU999", Side::Buy, "5", price);
    assert!(matches!(
        tws.place(approved(&stranger, &apple)).await,
        Err(PlaceError::NotSent(why)) if why.contains("DU999")
    ));
    let digits = Price::parse("123456789012.12345678").unwrap();
    let mut fine = apple.clone();
    fine.increments[0].increment = dec("0.00000001");
    assert!(matches!(
        tws.place(approved(&buy("no-2", "1", digits), &fine)).await,
        Err(PlaceError::NotSent(why)) if why.contains("digits")
    ));
    sim.stop().await;
    events.down().await;
    assert!(matches!(
        tws.place(approved(&buy("no-3", "1", price), &apple)).await,
        Err(PlaceError::NotSent(_))
    ));
}

#[tokio::test]
async fn an_order_that_another_program_makes_meanwhile_is_seen_to_come_and_go() {
    let sim = sim().await;
    let mut config = config(sim.addr());
    config.list_orders_every = Duration::from_millis(50);
    let (_tws, mut events) = start(config);
    events.until(|e| *e == BrokerEvent::Reconciled).await;

    let other = ibapi::Client::connect(&sim.addr().to_string(), 78)
        .await
        .unwrap();
    let mut order = order_builder::limit_order(ibapi::orders::Action::Buy, 3.0, 20.0);
    order.account = INDIVIDUAL.into();
    order.order_ref = "later".into();
    let contract = ibapi::contracts::Contract::stock("AAPL").build();
    let id = other.next_order_id();
    let _placed = other.place_order(id, &contract, &order).await.unwrap();
    let seen = |report: Report| {
        let wanted = Some(report);
        move |e: &BrokerEvent| match e {
            BrokerEvent::Order(o) => is(&o.key, "later") && o.report == wanted,
            _ => false,
        }
    };
    let listed = events.until(seen(Report::Submitted)).await;
    let times = listed
        .iter()
        .filter(|e| matches!(e, BrokerEvent::Order(_)))
        .count();
    assert!(times <= 2, "told {times} times");
    let _cancelled = other.cancel_order(id, "").await.unwrap();
    events.until(seen(Report::Cancelled)).await;
}

#[tokio::test]
async fn a_rejection_arrives_under_the_intent_with_its_code_and_words() {
    let sim = sim().await;
    let (tws, mut events, _) = reconciled(&sim).await;
    let apple = apple(&tws).await;
    let (fills, _) = prices(&tws, &mut events, &apple).await;
    let too_much = buy("much-1", "200000", fills);
    tws.place(approved(&too_much, &apple)).await.unwrap();
    let (code, text) = events
        .find(|e| match e {
            BrokerEvent::OrderNotice { key, code, text } if is(key, "much-1") => {
                Some((*code, text.clone()))
            }
            _ => None,
        })
        .await;
    assert_eq!(code, 201, "{text}");
    assert!(!text.is_empty());
}
