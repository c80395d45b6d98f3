//! The life of an order, told event by event.

use gatehouse_sim::world::{
    ClientId, ExecutionFilter, OrderId, OrderKind, OrderState, Tif, World, WorldEvent,
};
use rust_decimal::Decimal;

use crate::fixture::*;

fn states(events: &[WorldEvent]) -> Vec<(OrderState, Decimal)> {
    events
        .iter()
        .filter_map(|event| match event {
            WorldEvent::OrderStatus(status) => Some((status.state, status.filled)),
            _ => None,
        })
        .collect()
}

fn kinds(events: &[WorldEvent]) -> Vec<&'static str> {
    events
        .iter()
        .map(|event| match event {
            WorldEvent::Quote { .. } => "quote",
            WorldEvent::OpenOrder(_) => "openOrder",
            WorldEvent::OrderStatus(_) => "orderStatus",
            WorldEvent::OrderBound { .. } => "orderBound",
            WorldEvent::Execution(_) => "execution",
            WorldEvent::Commission { .. } => "commission",
            WorldEvent::OrderMessage { .. } => "message",
            WorldEvent::AccountChanged(_) => "accountChanged",
            WorldEvent::AccountMarked(_) => "accountMarked",
            WorldEvent::PositionChanged { .. } => "positionChanged",
            WorldEvent::OrderCompleted(_) => "completed",
        })
        .collect()
}

fn quoted(bid: &str, ask: &str, size: i64) -> World {
    let mut world = still_world();
    assert!(world.set_quote(AAPL, dec(bid), dec(ask)));
    assert!(world.set_sizes(AAPL, Decimal::from(size), Decimal::from(size)));
    pass(&mut world, 50);
    world
}

#[test]
fn a_market_order_is_submitted_filled_and_charged() {
    let mut world = quoted("270.00", "270.02", 500);
    let placed = place(&mut world, 1, buy(INDIVIDUAL, 100, AAPL)).expect("placed");
    assert_eq!(states(&placed), [(OrderState::PreSubmitted, dec("0"))]);
    let events = pass(&mut world, 50);
    assert_eq!(
        kinds(&events),
        [
            "openOrder",
            "orderStatus",
            "execution",
            "openOrder",
            "orderStatus",
            "commission",
            "positionChanged",
            "accountChanged",
            "orderStatus",
            "completed"
        ]
    );
    assert_eq!(
        states(&events),
        [
            (OrderState::Submitted, dec("0")),
            (OrderState::Filled, dec("100")),
            (OrderState::Filled, dec("100"))
        ]
    );
    let fills = world.executions(&ExecutionFilter::default());
    let fill = &fills[0];
    assert_eq!(
        (fill.execution.price, fill.execution.quantity),
        (dec("270.02"), dec("100"))
    );
    assert_eq!(fill.commission.amount, dec("1"));
    assert_eq!(
        fill.commission.realized_pnl, None,
        "an opening realizes nothing"
    );
    assert_eq!(fill.execution.order_ref, "ref-1");
    assert_eq!(fill.execution.exec_id.split('.').count(), 4);
    assert_eq!(
        world.completed_orders()[0].completed_status,
        "Filled Size: 100"
    );
}

#[test]
fn an_order_larger_than_the_displayed_size_fills_in_parts_and_pays_one_fee() {
    let mut world = quoted("270.00", "270.02", 200);
    place(&mut world, 1, buy(LLC, 500, AAPL)).expect("placed");
    let first = pass(&mut world, 50);
    assert!(states(&first).contains(&(OrderState::Submitted, dec("200"))));
    until_idle(&mut world);
    let fills = world.executions(&ExecutionFilter::default());
    let parts: Vec<Decimal> = fills.iter().map(|fill| fill.execution.quantity).collect();
    assert_eq!(parts, [dec("200"), dec("200"), dec("100")]);
    let fee: Decimal = fills.iter().map(|fill| fill.commission.amount).sum();
    assert_eq!(fee, dec("2.5"), "500 shares at 0.005");
    assert_eq!(fills[2].execution.cumulative_quantity, dec("500"));
}

#[test]
fn two_orders_share_what_is_displayed() {
    let mut world = quoted("270.00", "270.02", 100);
    place(&mut world, 1, buy(LLC, 100, AAPL)).expect("placed");
    place(&mut world, 2, buy(INDIVIDUAL, 100, AAPL)).expect("placed");
    pass(&mut world, 50);
    let filled: Decimal = world
        .executions(&ExecutionFilter::default())
        .iter()
        .map(|fill| fill.execution.quantity)
        .sum();
    assert!(filled <= dec("200") && filled >= dec("100"));
    assert!(world.open_orders().len() <= 1);
    until_idle(&mut world);
    assert!(world.open_orders().is_empty());
}

#[test]
fn a_limit_rests_until_the_offer_comes_and_fills_at_the_better_price() {
    let mut world = quoted("270.00", "270.02", 500);
    place(&mut world, 1, limit(buy(INDIVIDUAL, 10, AAPL), "269.00")).expect("placed");
    pass(&mut world, 5_000);
    assert_eq!(world.open_orders()[0].state, OrderState::Submitted);
    assert!(world.set_quote(AAPL, dec("268.50"), dec("268.90")));
    let events = pass(&mut world, 300);
    assert!(
        kinds(&events).contains(&"quote"),
        "subscribers hear of a quote set by hand"
    );
    let fills = world.executions(&ExecutionFilter::default());
    assert_eq!(fills[0].execution.price, dec("268.90"));
}

#[test]
fn a_cancel_is_pending_and_then_done_with_202() {
    let mut world = quoted("270.00", "270.02", 500);
    place(&mut world, 1, limit(buy(INDIVIDUAL, 10, AAPL), "269.00")).expect("placed");
    pass(&mut world, 50);
    let asked = world.cancel(CLIENT, OrderId::new(1)).expect("asked");
    assert_eq!(states(&asked), [(OrderState::PendingCancel, dec("0"))]);
    let done = pass(&mut world, 50);
    assert_eq!(kinds(&done), ["orderStatus", "message", "completed"]);
    assert!(
        done.iter()
            .any(|event| matches!(event, WorldEvent::OrderMessage { code: 202, .. }))
    );
    assert_eq!(
        world.completed_orders()[0].order.state,
        OrderState::Cancelled
    );
}

#[test]
fn a_partly_filled_order_that_is_cancelled_keeps_its_fills() {
    let mut world = quoted("270.00", "270.02", 100);
    place(&mut world, 1, limit(buy(INDIVIDUAL, 300, AAPL), "270.02")).expect("placed");
    pass(&mut world, 50);
    assert!(world.set_quote(AAPL, dec("271.00"), dec("271.02")));
    world.cancel(CLIENT, OrderId::new(1)).expect("asked");
    pass(&mut world, 50);
    let done = &world.completed_orders()[0].order;
    assert_eq!(
        (done.state, done.filled, done.remaining()),
        (OrderState::Cancelled, dec("100"), dec("200"))
    );
}

#[test]
fn immediate_or_cancel_takes_what_is_there() {
    let mut world = quoted("270.00", "270.02", 100);
    let mut request = limit(buy(INDIVIDUAL, 300, AAPL), "270.02");
    request.tif = Tif::Ioc;
    place(&mut world, 1, request).expect("placed");
    pass(&mut world, 50);
    let done = &world.completed_orders()[0].order;
    assert_eq!(
        (done.state, done.filled),
        (OrderState::Cancelled, dec("100"))
    );
}

#[test]
fn the_same_id_changes_a_working_order_and_keeps_its_perm_id() {
    let mut world = quoted("270.00", "270.02", 500);
    place(&mut world, 1, limit(buy(INDIVIDUAL, 10, AAPL), "269.00")).expect("placed");
    pass(&mut world, 50);
    let perm_id = world.open_orders()[0].perm_id;
    place(&mut world, 1, limit(buy(INDIVIDUAL, 20, AAPL), "269.50")).expect("changed");
    assert_eq!(world.open_orders().len(), 1, "one order, not two");
    assert_eq!(world.open_orders()[0].perm_id, perm_id);
    assert_eq!(
        world.open_orders()[0].request.kind,
        OrderKind::Limit(dec("269.50"))
    );
    place(&mut world, 1, limit(buy(INDIVIDUAL, 20, AAPL), "270.02")).expect("changed");
    pass(&mut world, 50);
    assert_eq!(world.completed_orders()[0].order.filled, dec("20"));
}

#[test]
fn two_clients_may_use_the_same_order_id() {
    let mut world = quoted("270.00", "270.02", 500);
    let other = ClientId::new(8);
    let now = world.now();
    place(&mut world, 1, limit(buy(INDIVIDUAL, 10, AAPL), "269.00")).expect("placed");
    world
        .place(
            other,
            OrderId::new(1),
            limit(buy(LLC, 5, AAPL), "269.00"),
            now,
        )
        .expect("placed");
    assert_eq!(world.open_orders().len(), 2);
    assert_ne!(
        world.open_orders()[0].perm_id,
        world.open_orders()[1].perm_id
    );
    world.cancel(other, OrderId::new(1)).expect("its own");
    pass(&mut world, 50);
    assert_eq!(world.open_orders()[0].client_id, CLIENT);
}

#[test]
fn an_order_that_is_not_transmitted_waits_in_silence() {
    let mut world = quoted("270.00", "270.02", 500);
    let mut request = buy(INDIVIDUAL, 10, AAPL);
    request.transmit = false;
    assert!(
        place(&mut world, 1, request.clone())
            .expect("kept")
            .is_empty()
    );
    assert!(pass(&mut world, 900).is_empty());
    request.transmit = true;
    assert!(!place(&mut world, 1, request).expect("released").is_empty());
    until_idle(&mut world);
    assert_eq!(world.executions(&ExecutionFilter::default()).len(), 1);
}

#[test]
fn a_global_cancel_ends_every_clients_orders() {
    let mut world = quoted("270.00", "270.02", 500);
    let now = world.now();
    place(&mut world, 1, limit(buy(INDIVIDUAL, 10, AAPL), "269.00")).expect("placed");
    world
        .place(
            ClientId::new(8),
            OrderId::new(1),
            limit(buy(LLC, 5, AAPL), "269.00"),
            now,
        )
        .expect("placed");
    assert_eq!(states(&world.global_cancel()).len(), 2);
    pass(&mut world, 50);
    assert!(world.open_orders().is_empty());
}

#[test]
fn a_day_order_ends_with_the_day_and_a_gtc_order_does_not() {
    let mut world = quoted("270.00", "270.02", 500);
    place(&mut world, 1, limit(buy(INDIVIDUAL, 10, AAPL), "269.00")).expect("placed");
    let mut lasting = limit(buy(INDIVIDUAL, 10, AAPL), "269.00");
    lasting.tif = Tif::Gtc;
    place(&mut world, 2, lasting).expect("placed");
    pass(&mut world, 86_400_000);
    let open: Vec<OrderId> = world
        .open_orders()
        .iter()
        .map(|order| order.order_id)
        .collect();
    assert_eq!(open, [OrderId::new(2)]);
    assert_eq!(world.completed_orders()[0].completed_status, "Expired");
}

#[test]
fn executions_are_filtered_by_account_symbol_and_time() {
    let mut world = quoted("270.00", "270.02", 500);
    place(&mut world, 1, buy(INDIVIDUAL, 10, AAPL)).expect("placed");
    place(&mut world, 2, buy(LLC, 10, SPY)).expect("placed");
    until_idle(&mut world);
    let count = |filter: ExecutionFilter| world.executions(&filter).len();
    assert_eq!(
        count(ExecutionFilter {
            account: Some(account(LLC)),
            ..Default::default()
        }),
        1
    );
    assert_eq!(
        count(ExecutionFilter {
            symbol: Some("aapl".to_owned()),
            ..Default::default()
        }),
        1
    );
    assert_eq!(
        count(ExecutionFilter {
            since: Some(world.now() + 1),
            ..Default::default()
        }),
        0
    );
    assert_eq!(
        count(ExecutionFilter {
            client_id: Some(CLIENT),
            ..Default::default()
        }),
        2
    );
}

#[test]
fn a_roths_market_order_stops_when_the_price_runs_beyond_its_cash() {
    let mut world = quoted("270.00", "270.02", 30);
    place(&mut world, 1, buy(ROTH, 60, AAPL)).expect("16,201 of 18,432");
    pass(&mut world, 50);
    assert!(world.set_quote(AAPL, dec("399.00"), dec("400.00")));
    pass(&mut world, 500);
    let done = &world.completed_orders()[0].order;
    assert_eq!(
        (done.state, done.filled),
        (OrderState::Cancelled, dec("30"))
    );
    assert!(ledger(&world, ROTH, "USD", "CashBalance") > Decimal::ZERO);
}
