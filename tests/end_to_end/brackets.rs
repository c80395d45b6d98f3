//! Brackets at the gateway: an entry never works without its stop unnoticed.

use crate::table::{ACCOUNT, APPLE, cents, quiet_house, quiet_house_with, stand_at, stand_still};
use gatehouse_desk::view::{OrderStateView, Tone};
use gatehouse_domain::Decimal;
use gatehouse_domain::draft::{DraftInput, Side, Waivers};
use gatehouse_domain::exits::{ExitsInput, StopKind, TrailUnit};
use gatehouse_domain::order_type::OrderType;
use gatehouse_e2e::{House, Page, limit};
use gatehouse_sim::server::{Action, DropPoint, Faults, Planned, Trigger, When};
use gatehouse_sim::world::{ConId, Order, OrderKind, OrderState, Tif, TrailBy};

const LEGS: [&str; 3] = ["i-1", "i-1-tp", "i-1-sl"];

fn exits() -> ExitsInput {
    ExitsInput {
        take_profit: "280.00".into(),
        with_stop: true,
        stop_price: "265.00".into(),
        until_cancelled: true,
        ..ExitsInput::default()
    }
}

/// A buy of ten at 270.00 with a profit at 280.00 and a stop at 265.00.
fn bracket() -> DraftInput {
    DraftInput {
        waivers: Waivers {
            stale_price: true,
            ..Waivers::default()
        },
        exits: Some(exits()),
        ..limit("i-1", ACCOUNT, APPLE, Side::Buy, "10", "270.00")
    }
}

fn on_order(number: u64, action: Action) -> Planned {
    Planned {
        when: When::On(Trigger::Order, number),
        action,
    }
}

fn is(page: &Page, intent: &str, state: OrderStateView) -> bool {
    page.order(intent).is_some_and(|o| o.state == state)
}

fn alarms(page: &Page) -> Vec<&str> {
    page.notices
        .iter()
        .filter(|n| n.tone == Tone::Alarm)
        .map(|n| n.text.as_str())
        .collect()
}

async fn book(house: &House) -> Vec<Order> {
    house
        .sim
        .with_world(|world| world.open_orders().into_iter().cloned().collect())
        .await
        .expect("the gateway runs")
}

async fn position(house: &House) -> Decimal {
    house
        .sim
        .with_world(|world| {
            let account = gatehouse_sim::world::AccountId::new(ACCOUNT.to_owned());
            world
                .position(&account, ConId::new(APPLE))
                .map_or(Decimal::ZERO, |held| held.quantity)
        })
        .await
        .expect("the gateway runs")
}

async fn acknowledged(house: &mut House) {
    house
        .until("the bracket is acknowledged", |p| {
            is(p, LEGS[0], OrderStateView::Working)
                && is(p, LEGS[1], OrderStateView::Held)
                && is(p, LEGS[2], OrderStateView::Held)
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_kind_of_stop_arrives_as_it_was_meant_and_closes_what_the_entry_opened() {
    type FillIn = fn(&mut ExitsInput);
    let one = TrailBy::Amount(cents(1_00));
    let percent = TrailBy::Percent(Decimal::ONE);
    let kinds: [(FillIn, OrderKind); 4] = [
        (|_| {}, OrderKind::Stop(cents(265_00))),
        (
            |e| {
                e.stop_kind = StopKind::StopLimit;
                e.stop_limit = "260.00".into();
            },
            OrderKind::StopLimit {
                stop: cents(265_00),
                limit: cents(260_00),
            },
        ),
        (
            |e| {
                e.stop_kind = StopKind::Trail;
                e.trail = "1.00".into();
            },
            OrderKind::Trail {
                by: one,
                stop: None,
            },
        ),
        (
            |e| {
                e.stop_kind = StopKind::Trail;
                e.trail = "1".into();
                e.trail_unit = TrailUnit::Percent;
            },
            OrderKind::Trail {
                by: percent,
                stop: None,
            },
        ),
    ];
    let mut house = quiet_house().await;
    let held = position(&house).await;
    for (n, (fill_in, meant)) in kinds.into_iter().enumerate() {
        let intent = format!("i-{n}");
        let mut draft = bracket();
        draft.intent.clone_from(&intent);
        fill_in(draft.exits.as_mut().unwrap());
        house.send(draft).await;
        let legs = [
            intent.clone(),
            format!("{intent}-tp"),
            format!("{intent}-sl"),
        ];
        house
            .until("it is acknowledged", |p| {
                is(p, &legs[0], OrderStateView::Working) && is(p, &legs[2], OrderStateView::Held)
            })
            .await;
        let open = book(&house).await;
        let listed = |leg: &str| {
            let of = open.iter().find(|o| o.request.order_ref == leg);
            &of.unwrap_or_else(|| panic!("{leg} among {open:#?}"))
                .request
        };
        let entry = open
            .iter()
            .find(|o| o.request.order_ref == legs[0])
            .unwrap();
        assert_eq!(entry.request.kind, OrderKind::Limit(cents(270_00)));
        for leg in &legs[1..] {
            let leg = listed(leg);
            assert_eq!(leg.terms.parent, Some(entry.order_id));
            assert_eq!((leg.quantity, leg.tif), (Decimal::TEN, Tif::Gtc));
            assert_eq!(leg.side, gatehouse_sim::world::Side::Sell);
        }
        assert_eq!(listed(&legs[1]).kind, OrderKind::Limit(cents(280_00)));
        assert_eq!(listed(&legs[2]).kind, meant);
        stand_at(&house, 269_98, 270_00).await;
        house
            .until("the entry fills and the exits work", |p| {
                is(p, &legs[0], OrderStateView::Filled) && is(p, &legs[1], OrderStateView::Working)
            })
            .await;
        house.sim.step(1_000).await.unwrap();
        stand_at(&house, 264_98, 265_00).await;
        house
            .until("the stop fills and the profit is cancelled", |p| {
                is(p, &legs[2], OrderStateView::Filled)
                    && is(p, &legs[1], OrderStateView::Cancelled)
            })
            .await;
        assert_eq!(position(&house).await, held, "all of it is closed");
        stand_still(&mut house).await;
    }
    assert!(alarms(&house.page).is_empty(), "{:?}", house.page.notices);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_take_profit_that_fills_in_parts_shrinks_the_stop_and_then_ends_it() {
    let mut house = quiet_house().await;
    let held = position(&house).await;
    let mut draft = bracket();
    draft.order_type = OrderType::Market;
    draft.limit_price = String::new();
    house.send(draft).await;
    house
        .until("the entry fills and the profit works", |p| {
            is(p, "i-1", OrderStateView::Filled) && is(p, "i-1-tp", OrderStateView::Working)
        })
        .await;
    house
        .sim
        .apply(|world| {
            let apple = ConId::new(APPLE);
            world.set_quote(apple, cents(280_00), cents(280_02));
            world.set_sizes(apple, Decimal::from(4), Decimal::from(4));
            Vec::new()
        })
        .await;
    house
        .until("the stop stands for what is left", |p| {
            p.order("i-1-tp")
                .is_some_and(|o| o.filled == Decimal::from(4))
                && p.order("i-1-sl")
                    .is_some_and(|o| o.quantity == Decimal::from(6))
        })
        .await;
    stand_at(&house, 280_00, 280_02).await;
    house
        .until("the profit fills and the stop is gone", |p| {
            is(p, "i-1-tp", OrderStateView::Filled) && is(p, "i-1-sl", OrderStateView::Cancelled)
        })
        .await;
    assert_eq!(position(&house).await, held);
    assert!(alarms(&house.page).is_empty(), "{:?}", house.page.notices);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_that_drops_between_the_legs_leaves_nothing_working_and_is_told() {
    for (number, point) in [
        (1, DropPoint::BeforeActing),
        (1, DropPoint::AfterActing),
        (2, DropPoint::BeforeActing),
        (2, DropPoint::AfterActing),
        (3, DropPoint::BeforeActing),
    ] {
        let drop = Faults {
            drop_on_place: Some(point),
            ..Faults::default()
        };
        let mut house = quiet_house_with(vec![on_order(number, Action::Faults(drop))]).await;
        let held = position(&house).await;
        let preview = house.preview(bracket()).await;
        house.desk.confirm(&preview.id).await.unwrap();
        house
            .until("none is known to be at the gateway", |p| {
                p.is_up()
                    && LEGS
                        .iter()
                        .all(|leg| is(p, leg, OrderStateView::NotAtBroker))
            })
            .await;
        assert!(!alarms(&house.page).is_empty(), "{number} {point:?}");
        // The entry would fill here, if it were at the exchange.
        stand_at(&house, 265_00, 265_02).await;
        house.sim.step(2_000).await.unwrap();
        assert!(book(&house).await.is_empty(), "{number} {point:?}");
        assert_eq!(position(&house).await, held, "{number} {point:?}");
        // A second click on the confirmation sends nothing.
        house.desk.confirm(&preview.id).await.unwrap();
        assert!(book(&house).await.is_empty());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_that_drops_after_the_last_leg_arrived_finds_the_whole_bracket_again() {
    let drop = Faults {
        drop_on_place: Some(DropPoint::AfterActing),
        ..Faults::default()
    };
    let mut house = quiet_house_with(vec![on_order(3, Action::Faults(drop))]).await;
    let preview = house.preview(bracket()).await;
    house.desk.confirm(&preview.id).await.unwrap();
    acknowledged(&mut house).await;
    house.until("the link is up again", Page::is_up).await;
    assert_eq!(book(&house).await.len(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_leg_takes_the_rest_of_the_bracket_with_it_and_is_told() {
    let read_only = Faults {
        read_only: true,
        ..Faults::default()
    };
    let lifted = Planned {
        when: When::On(Trigger::Cancel, 1),
        action: Action::Faults(Faults::default()),
    };
    let far = Action::SetPrice {
        instrument: "AAPL".into(),
        bid: cents(320_00),
        ask: cents(320_02),
    };
    for (refused, plan) in [
        // The profit is too far through the market that moved in between.
        (LEGS[1], vec![on_order(2, far)]),
        // The last leg never gets in, so nothing was transmitted.
        (
            LEGS[2],
            vec![on_order(3, Action::Faults(read_only)), lifted],
        ),
    ] {
        let mut house = quiet_house_with(plan).await;
        let held = position(&house).await;
        let preview = house.preview(bracket()).await;
        house.desk.confirm(&preview.id).await.unwrap();
        house
            .until("the leg is refused and the rest is cancelled", |p| {
                LEGS.iter().all(|leg| {
                    let wanted = if *leg == refused {
                        OrderStateView::Rejected
                    } else {
                        OrderStateView::Cancelled
                    };
                    is(p, leg, wanted)
                })
            })
            .await;
        assert!(
            alarms(&house.page)
                .iter()
                .any(|says| says.contains("bracket")),
            "{:?}",
            house.page.notices
        );
        assert!(book(&house).await.is_empty());
        assert_eq!(position(&house).await, held);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_entry_takes_its_exits_with_it() {
    let far = Action::SetPrice {
        instrument: "AAPL".into(),
        bid: cents(230_00),
        ask: cents(230_02),
    };
    let mut house = quiet_house_with(vec![on_order(1, far)]).await;
    let preview = house.preview(bracket()).await;
    house.desk.confirm(&preview.id).await.unwrap();
    house
        .until("all of it is over", |p| {
            is(p, LEGS[0], OrderStateView::Rejected)
                && LEGS[1..].iter().all(|leg| {
                    is(p, leg, OrderStateView::Rejected) || is(p, leg, OrderStateView::Cancelled)
                })
        })
        .await;
    assert!(book(&house).await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stop_that_somebody_else_cancels_is_told_while_the_position_is_open() {
    let mut house = quiet_house().await;
    let mut draft = bracket();
    draft.order_type = OrderType::Market;
    draft.limit_price = String::new();
    house.send(draft).await;
    house
        .until("the entry fills and the exits are there", |p| {
            is(p, "i-1", OrderStateView::Filled) && is(p, "i-1-sl", OrderStateView::Held)
        })
        .await;
    let stop = book(&house)
        .await
        .into_iter()
        .find(|o| o.request.order_ref == "i-1-sl")
        .unwrap();
    assert_eq!(stop.state, OrderState::PreSubmitted);
    let perm_id = stop.perm_id.get();
    house
        .sim
        .act(Action::CancelByHand { perm_id })
        .await
        .unwrap();
    house
        .until("the alarm sounds", |p| {
            is(p, "i-1-sl", OrderStateView::Cancelled)
                && alarms(p).iter().any(|says| says.contains("stop"))
        })
        .await;
}
