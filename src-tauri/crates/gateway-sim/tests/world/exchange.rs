//! The exchange: order types, times in force, brackets, groups, conditions, algorithms, combinations.

use gatehouse_sim::world::{
    Algo, Bound, COMBO, Combo, ConId, Condition, ExecutionFilter, Leg, Oca, OcaKind, Order,
    OrderId, OrderKind, OrderRequest, OrderState, OrderTerms, Right, Side, Test, Tif, TrailBy,
    World, WorldEvent, moment,
};
use rust_decimal::Decimal;

use crate::fixture::*;
use crate::options::option;

const MSFT: ConId = ConId::new(272_093);

fn quoted(bid: &str, ask: &str, size: i64) -> World {
    let mut world = still_world();
    quote(&mut world, bid, ask);
    assert!(world.set_sizes(AAPL, Decimal::from(size), Decimal::from(size)));
    pass(&mut world, 50);
    world
}

fn quote(world: &mut World, bid: &str, ask: &str) {
    assert!(world.set_quote(AAPL, dec(bid), dec(ask)));
}

fn of_kind(request: OrderRequest, kind: OrderKind) -> OrderRequest {
    OrderRequest { kind, ..request }
}

fn with(request: OrderRequest, terms: OrderTerms) -> OrderRequest {
    OrderRequest { terms, ..request }
}

fn open(world: &World, id: i32) -> Order {
    let mine = |order: &&&Order| order.order_id == OrderId::new(id);
    let orders = world.open_orders();
    (*orders.iter().find(mine).expect("an open order")).clone()
}

fn done(world: &World, id: i32) -> Order {
    let orders = world.completed_orders();
    let mine = orders
        .iter()
        .find(|done| done.order.order_id == OrderId::new(id));
    mine.expect("a completed order").order.clone()
}

fn is_open(world: &World, id: i32) -> bool {
    let orders = world.open_orders();
    orders
        .iter()
        .any(|order| order.order_id == OrderId::new(id))
}

fn prices(world: &World) -> Vec<Decimal> {
    let fills = world.executions(&ExecutionFilter::default());
    fills.iter().map(|fill| fill.execution.price).collect()
}

#[test]
fn a_stop_waits_presubmitted_and_becomes_a_market_order() {
    let mut world = quoted("270.00", "270.02", 500);
    let stop = of_kind(sell(LLC, 5, AAPL), OrderKind::Stop(dec("269.00")));
    place(&mut world, 1, stop).expect("placed");
    pass(&mut world, 1_000);
    assert_eq!(open(&world, 1).state, OrderState::PreSubmitted);
    assert_eq!(open(&world, 1).why_held(), "trigger");
    quote(&mut world, "268.50", "268.90");
    pass(&mut world, 300);
    assert_eq!(done(&world, 1).state, OrderState::Filled);
    assert_eq!(prices(&world), [dec("268.50")]);
}

#[test]
fn a_stop_limit_does_not_trade_through_its_limit() {
    let mut world = quoted("270.00", "270.02", 500);
    let (stop, limit) = (dec("269.00"), dec("268.80"));
    let kind = OrderKind::StopLimit { stop, limit };
    place(&mut world, 1, of_kind(sell(LLC, 5, AAPL), kind)).expect("placed");
    quote(&mut world, "268.50", "268.90");
    pass(&mut world, 300);
    assert_eq!(open(&world, 1).state, OrderState::Submitted);
    quote(&mut world, "268.85", "268.90");
    pass(&mut world, 300);
    assert_eq!(prices(&world), [dec("268.85")]);
}

#[test]
fn a_trailing_stop_follows_the_market_and_never_goes_back() {
    let mut world = quoted("270.00", "270.02", 500);
    let kind = OrderKind::Trail {
        by: TrailBy::Amount(dec("2")),
        stop: None,
    };
    place(&mut world, 1, of_kind(sell(LLC, 5, AAPL), kind)).expect("placed");
    pass(&mut world, 300);
    assert_eq!(open(&world, 1).progress.trail_stop, Some(dec("268")));
    for (bid, ask) in [("275.00", "275.02"), ("274.00", "274.02")] {
        quote(&mut world, bid, ask);
        pass(&mut world, 300);
        assert_eq!(open(&world, 1).progress.trail_stop, Some(dec("273")));
    }
    quote(&mut world, "272.90", "272.95");
    pass(&mut world, 300);
    assert_eq!(prices(&world), [dec("272.90")]);
}

#[test]
fn a_trail_by_percent_is_on_the_tick_and_a_trail_limit_keeps_its_offset() {
    let mut world = quoted("270.00", "270.02", 500);
    let by = TrailBy::Percent(dec("1"));
    let kind = OrderKind::TrailLimit {
        by,
        stop: None,
        offset: dec("0.10"),
    };
    place(&mut world, 1, of_kind(buy(LLC, 5, AAPL), kind)).expect("placed");
    pass(&mut world, 300);
    assert_eq!(open(&world, 1).progress.trail_stop, Some(dec("272.73")));
    quote(&mut world, "273.00", "273.50");
    pass(&mut world, 300);
    assert!(is_open(&world, 1), "272.83 is the limit");
    quote(&mut world, "272.70", "272.80");
    pass(&mut world, 300);
    assert_eq!(prices(&world), [dec("272.80")]);
}

#[test]
fn if_touched_orders_wait_for_a_better_price() {
    let mut world = quoted("270.00", "270.02", 500);
    let touched = of_kind(buy(LLC, 5, AAPL), OrderKind::IfTouched(dec("269.00")));
    place(&mut world, 1, touched).expect("placed");
    let kind = OrderKind::LimitIfTouched {
        trigger: dec("271.00"),
        limit: dec("270.90"),
    };
    place(&mut world, 2, of_kind(sell(LLC, 5, AAPL), kind)).expect("placed");
    pass(&mut world, 300);
    assert_eq!(world.open_orders().len(), 2);
    quote(&mut world, "268.90", "268.95");
    pass(&mut world, 300);
    quote(&mut world, "271.00", "271.05");
    pass(&mut world, 300);
    assert_eq!(prices(&world), [dec("268.95"), dec("271.00")]);
}

#[test]
fn an_order_on_the_close_trades_at_the_close_and_a_bad_limit_is_cancelled() {
    let mut world = quoted("270.00", "270.02", 100);
    place(
        &mut world,
        1,
        of_kind(buy(LLC, 700, AAPL), OrderKind::OnClose),
    )
    .expect("placed");
    let late = of_kind(buy(LLC, 7, AAPL), OrderKind::LimitOnClose(dec("269")));
    place(&mut world, 2, late).expect("placed");
    pass(&mut world, 1_000);
    assert_eq!(world.open_orders().len(), 2);
    pass(&mut world, 24 * 3_600_000);
    assert_eq!(
        done(&world, 1).filled,
        dec("700"),
        "the auction has no displayed size"
    );
    assert_eq!(done(&world, 2).state, OrderState::Cancelled);
    assert_eq!(prices(&world), [dec("270.01")]);
}

#[test]
fn an_order_on_the_open_waits_for_the_open() {
    let mut world = quoted("270.00", "270.02", 100);
    let mut request = buy(LLC, 700, AAPL);
    request.tif = Tif::Opg;
    place(&mut world, 1, request).expect("placed");
    pass(&mut world, 1_000);
    assert_eq!(open(&world, 1).state, OrderState::PreSubmitted);
    pass(&mut world, 24 * 3_600_000);
    assert_eq!(done(&world, 1).filled, dec("700"));
}

#[test]
fn market_to_limit_leaves_the_rest_at_the_price_of_the_first_fill() {
    let mut world = quoted("270.00", "270.02", 100);
    place(
        &mut world,
        1,
        of_kind(buy(LLC, 300, AAPL), OrderKind::MarketToLimit),
    )
    .expect("placed");
    pass(&mut world, 50);
    quote(&mut world, "271.00", "271.02");
    pass(&mut world, 1_000);
    assert_eq!(open(&world, 1).filled, dec("100"));
    quote(&mut world, "269.90", "270.01");
    until_idle(&mut world);
    assert_eq!(done(&world, 1).filled, dec("300"));
}

#[test]
fn pegged_orders_trade_inside_the_spread_when_somebody_comes() {
    let mut world = world();
    let kinds = [
        OrderKind::Midprice { cap: None },
        OrderKind::PegMid {
            offset: dec("0"),
            cap: None,
        },
        OrderKind::Relative {
            offset: dec("0.01"),
            cap: None,
        },
    ];
    for (id, kind) in (1..).zip(kinds) {
        place(&mut world, id, of_kind(buy(LLC, 3, AAPL), kind)).expect("placed");
    }
    let capped = OrderKind::PegMid {
        offset: dec("0"),
        cap: Some(dec("200")),
    };
    place(&mut world, 9, of_kind(buy(LLC, 3, AAPL), capped)).expect("placed");
    until_idle(&mut world);
    assert_eq!(world.completed_orders().len(), 3);
    assert!(is_open(&world, 9), "its cap is far from the market");
}

#[test]
fn fill_or_kill_and_all_or_none_take_all_or_nothing() {
    let mut world = quoted("270.00", "270.02", 100);
    let mut kill = limit(buy(LLC, 300, AAPL), "270.02");
    kill.tif = Tif::Fok;
    place(&mut world, 1, kill).expect("placed");
    let whole = OrderTerms {
        all_or_none: true,
        ..OrderTerms::default()
    };
    place(
        &mut world,
        2,
        with(limit(buy(LLC, 300, AAPL), "270.02"), whole),
    )
    .expect("placed");
    pass(&mut world, 1_000);
    assert_eq!(done(&world, 1).filled, dec("0"));
    assert_eq!(open(&world, 2).filled, dec("0"));
    assert!(world.set_sizes(AAPL, dec("300"), dec("300")));
    until_idle(&mut world);
    assert_eq!(prices(&world).len(), 1);
}

#[test]
fn minimum_quantity_holds_for_the_first_fill_and_display_size_for_each() {
    let mut world = quoted("270.00", "270.02", 100);
    let least = OrderTerms {
        min_quantity: Some(dec("200")),
        ..OrderTerms::default()
    };
    place(
        &mut world,
        1,
        with(limit(buy(LLC, 300, AAPL), "270.02"), least),
    )
    .expect("placed");
    pass(&mut world, 600);
    assert_eq!(open(&world, 1).filled, dec("0"));
    world.cancel(CLIENT, OrderId::new(1)).expect("asked");
    let shown = OrderTerms {
        display_size: Some(dec("40")),
        ..OrderTerms::default()
    };
    place(
        &mut world,
        2,
        with(limit(buy(LLC, 100, AAPL), "270.02"), shown),
    )
    .expect("placed");
    until_idle(&mut world);
    let fills = world.executions(&ExecutionFilter::default());
    let parts: Vec<Decimal> = fills.iter().map(|fill| fill.execution.quantity).collect();
    assert_eq!(parts, [dec("40"), dec("40"), dec("20")]);
}

#[test]
fn good_till_date_ends_at_its_moment_and_good_after_time_begins_at_it() {
    let mut world = quoted("270.00", "270.02", 500);
    let now = world.now();
    let till = OrderTerms {
        good_till: Some(now + 5_000),
        ..OrderTerms::default()
    };
    let mut request = with(limit(buy(LLC, 1, AAPL), "260.00"), till);
    request.tif = Tif::Gtd;
    place(&mut world, 1, request).expect("placed");
    let after = OrderTerms {
        good_after: Some(now + 5_000),
        ..OrderTerms::default()
    };
    place(&mut world, 2, with(buy(LLC, 1, AAPL), after)).expect("placed");
    pass(&mut world, 4_500);
    assert_eq!(world.open_orders().len(), 2);
    pass(&mut world, 1_000);
    assert_eq!(done(&world, 1).state, OrderState::Cancelled);
    assert_eq!(done(&world, 2).state, OrderState::Filled);
}

fn bracket(world: &mut World, account: &str) -> Vec<WorldEvent> {
    let child = |transmit| OrderTerms {
        parent: Some(OrderId::new(1)),
        conditions_ignore_rth: transmit,
        ..OrderTerms::default()
    };
    let mut parent = limit(buy(account, 10, AAPL), "270.00");
    parent.transmit = false;
    assert!(place(world, 1, parent).expect("kept").is_empty());
    let mut profit = with(limit(sell(account, 10, AAPL), "275.00"), child(false));
    profit.transmit = false;
    assert!(place(world, 2, profit).expect("kept").is_empty());
    let stop = of_kind(sell(account, 10, AAPL), OrderKind::Stop(dec("265.00")));
    place(world, 3, with(stop, child(true))).expect("placed")
}

#[test]
fn a_bracket_says_nothing_until_its_last_part_and_children_wait_for_the_parent() {
    let mut world = quoted("269.98", "270.02", 500);
    let told = bracket(&mut world, ROTH);
    let ids: Vec<i32> = told
        .iter()
        .filter_map(|event| match event {
            WorldEvent::OrderStatus(status) => Some(status.order_id.get()),
            _ => None,
        })
        .collect();
    assert_eq!(ids, [1, 2, 3]);
    pass(&mut world, 1_000);
    assert_eq!(open(&world, 1).state, OrderState::Submitted);
    for child in [2, 3] {
        assert_eq!(open(&world, child).state, OrderState::PreSubmitted);
        assert_eq!(open(&world, child).why_held(), "child");
        let perm_id = open(&world, 1).perm_id;
        let oca = open(&world, child).progress.oca.expect("a group");
        assert_eq!(
            (oca.group, oca.kind),
            (perm_id.to_string(), OcaKind::Reduce)
        );
    }
    quote(&mut world, "269.90", "270.00");
    pass(&mut world, 600);
    assert_eq!(done(&world, 1).state, OrderState::Filled);
    assert_eq!(open(&world, 2).state, OrderState::Submitted);
    assert_eq!(open(&world, 3).state, OrderState::PreSubmitted);
    quote(&mut world, "275.00", "275.10");
    pass(&mut world, 600);
    assert_eq!(done(&world, 2).state, OrderState::Filled);
    assert_eq!(done(&world, 3).state, OrderState::Cancelled);
    assert!(world.open_orders().is_empty());
}

#[test]
fn a_cancelled_parent_takes_its_children_with_it() {
    let mut world = quoted("269.98", "270.02", 500);
    bracket(&mut world, LLC);
    pass(&mut world, 300);
    world.cancel(CLIENT, OrderId::new(1)).expect("asked");
    pass(&mut world, 50);
    assert!(world.open_orders().is_empty());
    assert!(prices(&world).is_empty());
}

#[test]
fn a_partial_fill_of_one_child_shrinks_the_other() {
    let mut world = quoted("269.98", "270.00", 500);
    bracket(&mut world, LLC);
    pass(&mut world, 600);
    assert!(world.set_sizes(AAPL, dec("4"), dec("4")));
    quote(&mut world, "275.00", "275.10");
    pass(&mut world, 250);
    assert_eq!(open(&world, 2).remaining(), dec("6"));
    assert_eq!(open(&world, 3).remaining(), dec("6"));
}

#[test]
fn a_child_of_nobody_is_refused() {
    let mut world = quoted("270.00", "270.02", 500);
    let terms = OrderTerms {
        parent: Some(OrderId::new(99)),
        ..OrderTerms::default()
    };
    let (code, _) = refusal(&mut world, with(sell(LLC, 1, AAPL), terms));
    assert_eq!(code, 135);
}

fn grouped(request: OrderRequest, kind: OcaKind) -> OrderRequest {
    let oca = Some(Oca {
        group: "g".to_owned(),
        kind,
    });
    with(
        request,
        OrderTerms {
            oca,
            ..OrderTerms::default()
        },
    )
}

#[test]
fn one_fill_cancels_the_group_or_shrinks_it() {
    for (kind, left) in [
        (OcaKind::Cancel, None),
        (OcaKind::ReduceBlocked, Some("60")),
        (OcaKind::Reduce, Some("60")),
    ] {
        let mut world = quoted("270.00", "270.02", 40);
        for id in [1, 2] {
            let request = limit(buy(LLC, 100, AAPL), "270.02");
            let request = if id == 2 {
                limit(request, "260.00")
            } else {
                request
            };
            place(&mut world, id, grouped(request, kind)).expect("placed");
        }
        pass(&mut world, 50);
        match left {
            None => assert_eq!(done(&world, 2).state, OrderState::Cancelled),
            Some(left) => assert_eq!(open(&world, 2).remaining(), dec(left)),
        }
        until_idle(&mut world);
        assert!(!is_open(&world, 2), "the group is done");
        let again = grouped(limit(buy(LLC, 1, AAPL), "270.02"), kind);
        assert_eq!(
            place(&mut world, 3, again).expect_err("refused").code(),
            201
        );
    }
}

fn on_condition(tests: Vec<(bool, Test)>, cancel: bool) -> OrderTerms {
    OrderTerms {
        conditions: tests
            .into_iter()
            .map(|(and, test)| Condition { and, test })
            .collect(),
        conditions_cancel: cancel,
        ..OrderTerms::default()
    }
}

fn price_of_aapl(bound: Bound, price: &str) -> Test {
    Test::Price {
        bound,
        price: dec(price),
        con_id: AAPL,
        exchange: "SMART".to_owned(),
        trigger_method: 0,
    }
}

#[test]
fn a_conditional_order_waits_for_all_or_any_of_its_conditions() {
    let mut world = quoted("270.00", "270.02", 500);
    let at = world.now() + 3_000;
    let later = || Test::Time {
        bound: Bound::AtLeast,
        at,
    };
    let rises = || price_of_aapl(Bound::AtLeast, "271.00");
    let both = on_condition(vec![(true, later()), (true, rises())], false);
    let either = on_condition(vec![(false, later()), (true, rises())], false);
    place(&mut world, 1, with(buy(LLC, 1, AAPL), both)).expect("placed");
    place(&mut world, 2, with(buy(LLC, 1, AAPL), either)).expect("placed");
    pass(&mut world, 1_000);
    assert!(
        world
            .open_orders()
            .iter()
            .all(|order| order.state == OrderState::PreSubmitted)
    );
    pass(&mut world, 2_500);
    assert!(is_open(&world, 1) && !is_open(&world, 2));
    quote(&mut world, "271.00", "271.02");
    pass(&mut world, 500);
    assert!(!is_open(&world, 1));
}

#[test]
fn a_condition_may_cancel() {
    let mut world = quoted("270.00", "270.02", 500);
    let falls = on_condition(vec![(true, price_of_aapl(Bound::AtMost, "268.00"))], true);
    place(
        &mut world,
        1,
        with(limit(buy(LLC, 1, AAPL), "260.00"), falls),
    )
    .expect("placed");
    pass(&mut world, 500);
    assert_eq!(open(&world, 1).state, OrderState::Submitted);
    quote(&mut world, "267.00", "267.02");
    pass(&mut world, 500);
    assert_eq!(done(&world, 1).state, OrderState::Cancelled);
}

#[test]
fn margin_execution_volume_and_change_are_conditions_too() {
    let exchange = "SMART".to_owned();
    let tests = [
        Test::Margin {
            bound: Bound::AtLeast,
            percent: 1,
        },
        Test::Execution {
            sec_type: "STK".to_owned(),
            exchange: exchange.clone(),
            symbol: "MSFT".to_owned(),
        },
        Test::Volume {
            bound: Bound::AtLeast,
            volume: 1,
            con_id: AAPL,
            exchange: exchange.clone(),
        },
        Test::PercentChange {
            bound: Bound::AtMost,
            percent: dec("50"),
            con_id: AAPL,
            exchange,
        },
    ];
    let mut world = quoted("270.00", "270.02", 500);
    for (id, test) in (1..).zip(tests) {
        let terms = on_condition(vec![(true, test)], false);
        place(&mut world, id, with(buy(LLC, 1, AAPL), terms)).expect("placed");
    }
    pass(&mut world, 600);
    let open: Vec<OrderId> = world
        .open_orders()
        .iter()
        .map(|order| order.order_id)
        .collect();
    assert_eq!(open, [OrderId::new(2)], "nobody has traded MSFT");
    place(&mut world, 9, buy(LLC, 1, MSFT)).expect("placed");
    pass(&mut world, 900);
    assert!(world.open_orders().is_empty());
}

type Params<'a> = &'a [(&'a str, &'a str)];

fn algo(strategy: &str, params: Params<'_>, now: i64) -> Result<Algo, (i32, String)> {
    let owned = params
        .iter()
        .map(|(tag, value)| ((*tag).to_owned(), (*value).to_owned()))
        .collect();
    Algo::read(strategy, owned, now).map_err(|reject| (reject.code(), reject.text().to_owned()))
}

#[test]
fn algorithms_are_read_strictly() {
    let now = world().now();
    let good: [(&str, Params); 12] = [
        ("Adaptive", &[("adaptivePriority", "Urgent")]),
        (
            "Twap",
            &[("strategyType", "Marketable"), ("allowPastEndTime", "1")],
        ),
        (
            "Vwap",
            &[("maxPctVol", "0.1"), ("noTakeLiq", "0"), ("speedUp", "1")],
        ),
        (
            "ArrivalPx",
            &[
                ("maxPctVol", "0.1"),
                ("riskAversion", "Aggressive"),
                ("forceCompletion", "0"),
            ],
        ),
        ("DarkIce", &[("displaySize", "10")]),
        ("PctVol", &[("pctVol", "0.2")]),
        (
            "PctVolPx",
            &[
                ("pctVol", "0.1"),
                ("deltaPctVol", "0.02"),
                ("minPctVol4Px", "0.05"),
                ("maxPctVol4Px", "0.2"),
            ],
        ),
        ("PctVolSz", &[("startPctVol", "0.1"), ("endPctVol", "0.3")]),
        ("PctVolTm", &[("startPctVol", "0.1"), ("endPctVol", "0.3")]),
        (
            "ClosePx",
            &[("maxPctVol", "0.1"), ("riskAversion", "Neutral")],
        ),
        ("MinImpact", &[("maxPctVol", "0.1")]),
        (
            "BalanceImpactRisk",
            &[("maxPctVol", "0.1"), ("riskAversion", "Passive")],
        ),
    ];
    for (strategy, params) in good {
        algo(strategy, params, now).expect(strategy);
    }
    let bad: [(&str, Params, i32); 6] = [
        ("Magic", &[], 439),
        ("Twap", &[("pctVol", "0.1")], 443),
        ("Vwap", &[("maxPctVol", "0.9")], 441),
        ("Adaptive", &[("adaptivePriority", "Sometimes")], 441),
        ("PctVol", &[], 441),
        ("Twap", &[("startTime", "soon")], 441),
    ];
    for (strategy, params, code) in bad {
        assert_eq!(
            algo(strategy, params, now).expect_err(strategy).0,
            code,
            "{strategy}"
        );
    }
}

#[test]
fn a_twap_is_sliced_over_its_time() {
    let mut world = quoted("270.00", "270.02", 5_000);
    let now = world.now();
    let end = moment_text(now + 60_000);
    let twap = algo(
        "Twap",
        &[
            ("strategyType", "Marketable"),
            ("endTime", &end),
            ("allowPastEndTime", "1"),
        ],
        now,
    );
    let terms = OrderTerms {
        algo: Some(twap.expect("read")),
        ..OrderTerms::default()
    };
    place(&mut world, 1, with(buy(LLC, 1_000, AAPL), terms)).expect("placed");
    pass(&mut world, 30_000);
    let half = open(&world, 1).filled;
    assert!(half >= dec("400") && half <= dec("600"), "{half}");
    assert!(prices(&world).len() > 5);
    pass(&mut world, 40_000);
    assert_eq!(done(&world, 1).filled, dec("1000"));
}

fn moment_text(at: i64) -> String {
    let seconds = at.div_euclid(1_000);
    let (day, second) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    let date = (1..=31)
        .flat_map(|date| (1..=12).map(move |month| (month, date)))
        .map(|(month, date)| format!("2026{month:02}{date:02}"))
        .chain(
            (1..=12).flat_map(|month| (1..=31).map(move |date| format!("2025{month:02}{date:02}"))),
        )
        .find(|date| {
            moment(&format!("{date} 00:00:00"), at)
                .is_some_and(|start| start.div_euclid(86_400_000) == day)
        })
        .expect("a date of the scenario");
    format!(
        "{date} {:02}:{:02}:{:02} UTC",
        second / 3_600,
        second / 60 % 60,
        second % 60
    )
}

#[test]
fn an_adaptive_order_is_patient_and_an_algorithm_is_not_changed() {
    let mut world = quoted("270.00", "270.02", 5_000);
    let now = world.now();
    let patient = algo("Adaptive", &[("adaptivePriority", "Patient")], now).expect("read");
    let terms = OrderTerms {
        algo: Some(patient),
        ..OrderTerms::default()
    };
    let request = with(limit(buy(LLC, 100, AAPL), "270.05"), terms);
    place(&mut world, 1, request.clone()).expect("placed");
    pass(&mut world, 5_000);
    assert_eq!(open(&world, 1).filled, dec("0"));
    let plain = with(request.clone(), OrderTerms::default());
    assert_eq!(
        place(&mut world, 1, plain).expect_err("refused").code(),
        440
    );
    place(&mut world, 1, limit(request, "270.04")).expect("its price may change");
    until_idle(&mut world);
    assert_eq!(done(&world, 1).filled, dec("100"));
}

fn spread(side: Side, quantity: i64, kind: OrderKind) -> OrderRequest {
    let leg = |con_id, ratio: i64, side| Leg {
        con_id,
        ratio: Decimal::from(ratio),
        side,
        exchange: "SMART".to_owned(),
    };
    let combo = Combo {
        symbol: "AAPL,MSFT".to_owned(),
        currency: "USD".to_owned(),
        legs: vec![leg(AAPL, 2, Side::Buy), leg(MSFT, 1, Side::Sell)],
        non_guaranteed: false,
    };
    let terms = OrderTerms {
        combo: Some(combo),
        ..OrderTerms::default()
    };
    with(order(LLC, side, quantity, COMBO, kind), terms)
}

#[test]
fn a_combination_fills_all_legs_at_one_net_price() {
    let mut world = quoted("270.00", "270.02", 500);
    assert!(world.set_quote(MSFT, dec("470.00"), dec("470.04")));
    pass(&mut world, 50);
    let held = |world: &World, con_id| {
        let position = world.position(&account(LLC), con_id);
        position.map_or(Decimal::ZERO, |position| position.quantity)
    };
    let before = (held(&world, AAPL), held(&world, MSFT));
    // Two at 270.02 less one at 470.00.
    let resting = spread(Side::Buy, 10, OrderKind::Limit(dec("70.00")));
    place(&mut world, 1, resting).expect("placed");
    pass(&mut world, 600);
    assert!(is_open(&world, 1));
    let preview = world
        .what_if(
            CLIENT,
            OrderId::new(2),
            &spread(Side::Buy, 10, OrderKind::Market),
        )
        .expect("a preview");
    world.cancel(CLIENT, OrderId::new(1)).expect("asked");
    pass(&mut world, 300);
    place(&mut world, 2, spread(Side::Buy, 10, OrderKind::Market)).expect("placed");
    until_idle(&mut world);
    assert_eq!(preview.assumed_price, dec("70.04"));
    assert_eq!(done(&world, 2).average_fill_price(), Some(dec("70.04")));
    assert_eq!(
        (held(&world, AAPL) - before.0, held(&world, MSFT) - before.1),
        (dec("20"), dec("-10"))
    );
    let fills = world.executions(&ExecutionFilter::default());
    let told: Vec<(ConId, Decimal, Decimal)> = fills
        .iter()
        .map(|fill| {
            (
                fill.execution.con_id,
                fill.execution.quantity,
                fill.execution.price,
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            (COMBO, dec("10"), dec("70.04")),
            (AAPL, dec("20"), dec("270.02")),
            (MSFT, dec("10"), dec("470.00"))
        ]
    );
    let fee: Decimal = fills.iter().map(|fill| fill.commission.amount).sum();
    assert_eq!(fee, preview.commission);
    let value = figure(&world, LLC, "InitMarginReq");
    assert_eq!(value, preview.after.initial, "the preview was right");
}

#[test]
fn shares_and_a_call_on_them_are_traded_at_one_price_by_the_share_and_margined_as_covered() {
    let mut world = quoted("270.00", "270.02", 500);
    let call = option(&world, "AAPL", "20260116", "290", Right::Call).con_id;
    let bid = world
        .quote(call)
        .and_then(|quote| quote.bid)
        .expect("a bid");
    let leg = |con_id, ratio: i64, side| Leg {
        con_id,
        ratio: Decimal::from(ratio),
        side,
        exchange: "SMART".to_owned(),
    };
    let buy_write = |account, kind| {
        let combo = Combo {
            symbol: "AAPL".to_owned(),
            currency: "USD".to_owned(),
            legs: vec![leg(AAPL, 100, Side::Buy), leg(call, 1, Side::Sell)],
            non_guaranteed: false,
        };
        let terms = OrderTerms {
            combo: Some(combo),
            ..OrderTerms::default()
        };
        with(order(account, Side::Buy, 2, COMBO, kind), terms)
    };
    let net = dec("270.02") - bid;
    let below = OrderKind::Limit(net - dec("0.01"));
    place(&mut world, 1, buy_write(LLC, below)).expect("placed");
    pass(&mut world, 600);
    assert!(is_open(&world, 1), "a cent too little");
    world.cancel(CLIENT, OrderId::new(1)).expect("asked");
    pass(&mut world, 300);
    let bid = world
        .quote(call)
        .and_then(|quote| quote.bid)
        .expect("a bid");
    let net = dec("270.02") - bid;
    let held = |world: &World, con_id| {
        let position = world.position(&account(LLC), con_id);
        position.map_or(Decimal::ZERO, |position| position.quantity)
    };
    let before = (held(&world, AAPL), held(&world, call));
    let cash = figure(&world, LLC, "TotalCashValue");
    let id = OrderId::new(2);
    let preview = world
        .what_if(CLIENT, id, &buy_write(LLC, OrderKind::Limit(net)))
        .expect("a preview");
    assert_eq!(preview.assumed_price, net);
    // The call is covered: what the shares need is all that is needed.
    let shares = dec("270.02") * Decimal::from(200);
    assert!(
        preview.change.initial <= shares,
        "{}",
        preview.change.initial
    );
    place(&mut world, 2, buy_write(LLC, OrderKind::Limit(net))).expect("placed");
    until_idle(&mut world);
    assert_eq!(done(&world, 2).average_fill_price(), Some(net));
    assert_eq!(
        (held(&world, AAPL) - before.0, held(&world, call) - before.1),
        (dec("200"), dec("-2"))
    );
    let paid = cash - figure(&world, LLC, "TotalCashValue");
    assert_eq!(paid, net * Decimal::from(200) + preview.commission);
}

#[test]
fn shares_that_are_hard_to_borrow_are_located_first() {
    let mut world = still_world();
    let (located, none) = (find(&world, "WES").con_id, find(&world, "MPLX").con_id);
    let told = place(&mut world, 1, sell(LLC, 10_000, located));
    let told = told.or_else(|_| place(&mut world, 1, sell(INDIVIDUAL, 100, located)));
    let codes: Vec<i32> = told
        .expect("placed")
        .iter()
        .filter_map(|event| match event {
            WorldEvent::OrderMessage { code, .. } => Some(*code),
            _ => None,
        })
        .collect();
    assert_eq!(codes, [404]);
    assert_eq!(open(&world, 1).why_held(), "locate");
    pass(&mut world, 6_000);
    assert!(
        world
            .open_orders()
            .iter()
            .all(|order| order.why_held().is_empty())
    );
    let refused = place(&mut world, 2, sell(INDIVIDUAL, 100, none)).expect_err("refused");
    assert_eq!(refused.code(), 201);
}

#[test]
fn what_does_not_go_together_is_refused() {
    let mut world = quoted("270.00", "270.02", 500);
    let now = world.now();
    let twap = algo("Twap", &[], now).expect("read");
    let mut close = of_kind(buy(LLC, 1, AAPL), OrderKind::OnClose);
    close.tif = Tif::Gtc;
    let terms = OrderTerms {
        algo: Some(twap),
        ..OrderTerms::default()
    };
    let stop = OrderKind::Stop(dec("280.005"));
    let cases = [
        (
            with(
                of_kind(buy(LLC, 1, AAPL), OrderKind::Stop(dec("280"))),
                terms,
            ),
            442,
        ),
        (close, 201),
        (of_kind(buy(LLC, 1, AAPL), stop), 110),
        (of_kind(buy(LLC, 1, AAPL), OrderKind::BoxTop), 387),
        (
            of_kind(buy(LLC, 1_000, EURUSD), OrderKind::Midprice { cap: None }),
            387,
        ),
        (
            of_kind(spread(Side::Buy, 1, OrderKind::Market), OrderKind::OnClose),
            387,
        ),
    ];
    for (request, code) in cases {
        assert_eq!(refusal(&mut world, request).0, code);
    }
}

#[test]
fn the_types_of_a_working_order_may_change() {
    let mut world = quoted("270.00", "270.02", 500);
    let stop = of_kind(sell(LLC, 5, AAPL), OrderKind::Stop(dec("260.00")));
    place(&mut world, 1, stop.clone()).expect("placed");
    pass(&mut world, 300);
    place(&mut world, 1, of_kind(stop, OrderKind::Market)).expect("changed");
    pass(&mut world, 300);
    assert_eq!(done(&world, 1).state, OrderState::Filled);
}
