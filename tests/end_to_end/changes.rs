//! Working orders are changed in place, and what comes of a change is told as it is.

use crate::table::{ACCOUNT, APPLE, cents, in_the_book, quiet_house, quiet_house_with, stand_at};
use gatehouse_desk::view::{OrderStateView, PreviewOutcome, Tone};
use gatehouse_domain::Decimal;
use gatehouse_domain::draft::{DraftInput, Side, Waivers};
use gatehouse_domain::exits::ExitsInput;
use gatehouse_domain::order_type::OrderType;
use gatehouse_domain::tif::TifChoice;
use gatehouse_e2e::{House, Page, limit};
use gatehouse_sim::server::{Action, ByHand, DropPoint, Faults, Planned, Trigger, When};
use gatehouse_sim::world::{OrderKind, Tif};

fn buy(intent: &str) -> DraftInput {
    DraftInput {
        waivers: Waivers {
            stale_price: true,
            ..Waivers::default()
        },
        ..limit(intent, ACCOUNT, APPLE, Side::Buy, "10", "270.00")
    }
}

fn is(page: &Page, intent: &str, state: OrderStateView) -> bool {
    page.order(intent).is_some_and(|o| o.state == state)
}

async fn working(house: &mut House, draft: DraftInput) {
    let intent = draft.intent.clone();
    house.send(draft).await;
    house
        .until("it works", |p| is(p, &intent, OrderStateView::Working))
        .await;
}

/// A ticket that changes the order.
async fn ticket(house: &House, intent: &str, change: &str) -> DraftInput {
    let key = house.page.order(intent).expect("shown").key.clone();
    DraftInput {
        intent: change.into(),
        waivers: Waivers {
            stale_price: true,
            ..Waivers::default()
        },
        ..house.desk.refill(&key).await.expect("a ticket")
    }
}

async fn change(house: &House, draft: DraftInput) {
    let preview = house.preview(draft).await;
    assert!(preview.changes);
    house.desk.confirm(&preview.id).await.expect("sent");
}

async fn orders_at_the_gateway(house: &House) -> usize {
    house
        .sim
        .with_world(|world| world.open_orders().len() + world.completed_orders().len())
        .await
        .expect("the gateway runs")
}

#[tokio::test(flavor = "multi_thread")]
async fn price_quantity_time_in_force_and_type_are_changed_in_place() {
    let mut house = quiet_house().await;
    working(&mut house, buy("i-1")).await;
    let changed = DraftInput {
        quantity: "15".into(),
        limit_price: "269.50".into(),
        tif: TifChoice::Gtc,
        ..ticket(&house, "i-1", "c-1").await
    };
    change(&house, changed).await;
    house
        .until("it is listed as changed", |p| {
            p.order("i-1").is_some_and(|o| {
                o.limit_price == Some(cents(269_50))
                    && o.quantity == Decimal::from(15)
                    && o.tif == Some(TifChoice::Gtc)
            })
        })
        .await;
    let listed = in_the_book(&house, "i-1").await.unwrap();
    assert_eq!(listed.kind, OrderKind::Limit(cents(269_50)));
    assert_eq!((listed.quantity, listed.tif), (Decimal::from(15), Tif::Gtc));
    // And its type, from what it is now.
    let stop = DraftInput {
        order_type: OrderType::StopLimit,
        stop_price: "274.00".into(),
        limit_price: "275.00".into(),
        ..ticket(&house, "i-1", "c-2").await
    };
    assert_eq!((stop.quantity.as_str(), stop.tif), ("15", TifChoice::Gtc));
    change(&house, stop).await;
    house
        .until("it is listed as a stop limit", |p| {
            p.order("i-1")
                .is_some_and(|o| o.stop_price == Some(cents(274_00)))
        })
        .await;
    stand_at(&house, 274_00, 274_02).await;
    house
        .until("it fills as changed", |p| {
            is(p, "i-1", OrderStateView::Filled)
        })
        .await;
    assert_eq!(house.page.order("i-1").unwrap().filled, Decimal::from(15));
    assert_eq!(orders_at_the_gateway(&house).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_that_is_confirmed_twice_is_made_once() {
    let mut house = quiet_house().await;
    working(&mut house, buy("i-1")).await;
    let changed = DraftInput {
        limit_price: "269.00".into(),
        ..ticket(&house, "i-1", "c-1").await
    };
    let preview = house.preview(changed).await;
    let (first, second) = tokio::join!(
        house.desk.confirm(&preview.id),
        house.desk.confirm(&preview.id)
    );
    assert_eq!(first.unwrap().key, second.unwrap().key);
    house
        .until("it is listed as changed", |p| {
            p.order("i-1")
                .is_some_and(|o| o.limit_price == Some(cents(269_00)))
        })
        .await;
    assert_eq!(orders_at_the_gateway(&house).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_exit_of_a_bracket_keeps_its_parent_and_its_group_when_it_is_changed() {
    let mut house = quiet_house().await;
    let bracket = DraftInput {
        exits: Some(ExitsInput {
            take_profit: "280.00".into(),
            with_stop: true,
            stop_price: "265.00".into(),
            until_cancelled: true,
            ..ExitsInput::default()
        }),
        ..buy("i-1")
    };
    house.send(bracket).await;
    house
        .until("all are acknowledged", |p| {
            is(p, "i-1", OrderStateView::Working) && is(p, "i-1-sl", OrderStateView::Held)
        })
        .await;
    let before = in_the_book(&house, "i-1-sl").await.unwrap();
    let moved = DraftInput {
        stop_price: "266.00".into(),
        ..ticket(&house, "i-1-sl", "c-1").await
    };
    change(&house, moved).await;
    house
        .until("the stop is listed as moved", |p| {
            p.order("i-1-sl")
                .is_some_and(|o| o.stop_price == Some(cents(266_00)))
        })
        .await;
    let after = in_the_book(&house, "i-1-sl").await.unwrap();
    assert_eq!(after.kind, OrderKind::Stop(cents(266_00)));
    assert_eq!(after.terms.parent, before.terms.parent);
    assert!(after.terms.parent.is_some());
    // The moved stop still belongs to the take-profit: one cancels the other.
    stand_at(&house, 269_98, 270_00).await;
    house
        .until("the entry fills", |p| is(p, "i-1", OrderStateView::Filled))
        .await;
    house.sim.step(1_000).await.unwrap();
    stand_at(&house, 266_00, 266_02).await;
    stand_at(&house, 265_98, 266_00).await;
    house
        .until("the moved stop fills and the profit is cancelled", |p| {
            is(p, "i-1-sl", OrderStateView::Filled) && is(p, "i-1-tp", OrderStateView::Cancelled)
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_that_the_gateway_refuses_leaves_the_order_working_and_is_told() {
    // The market falls away under the new limit as the change arrives: it is too far through.
    let falls = Planned {
        when: When::On(Trigger::Order, 2),
        action: Action::SetPrice {
            instrument: "AAPL".into(),
            bid: cents(260_00),
            ask: cents(260_02),
        },
    };
    let mut house = quiet_house_with(vec![falls]).await;
    let far = DraftInput {
        limit_price: "200.00".into(),
        ..buy("i-1")
    };
    working(&mut house, far).await;
    let changed = DraftInput {
        limit_price: "290.00".into(),
        ..ticket(&house, "i-1", "c-1").await
    };
    change(&house, changed).await;
    house
        .until("the refusal is told", |p| {
            p.notices
                .iter()
                .any(|n| n.tone != Tone::Quiet && n.text.contains("change"))
        })
        .await;
    let order = house.page.order("i-1").unwrap();
    assert_eq!(order.state, OrderStateView::Working, "{order:#?}");
    assert_eq!(order.limit_price, Some(cents(200_00)));
    assert!(order.can_cancel && order.can_change);
    assert_eq!(
        in_the_book(&house, "i-1").await.unwrap().kind,
        OrderKind::Limit(cents(200_00))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_of_an_order_that_fills_meanwhile_is_told_and_the_order_is_filled() {
    // It fills at the gateway as the change arrives there.
    let falls = Action::SetPrice {
        instrument: "AAPL".into(),
        bid: cents(269_98),
        ask: cents(270_00),
    };
    let plan = [falls, Action::Step { ms: 1_000 }].map(|action| Planned {
        when: When::On(Trigger::Order, 2),
        action,
    });
    let mut house = quiet_house_with(plan.to_vec()).await;
    working(&mut house, buy("i-1")).await;
    let changed = DraftInput {
        limit_price: "269.00".into(),
        ..ticket(&house, "i-1", "c-1").await
    };
    change(&house, changed).await;
    house
        .until("it is filled and the refused change is told", |p| {
            is(p, "i-1", OrderStateView::Filled)
                && p.notices.iter().any(|n| n.text.contains("change"))
        })
        .await;
    let order = house.page.order("i-1").unwrap();
    assert_eq!(order.filled, Decimal::TEN);
    assert_eq!(order.limit_price, Some(cents(270_00)));
    assert_eq!(orders_at_the_gateway(&house).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_whose_link_dropped_is_shown_as_the_gateway_lists_it() {
    for (point, listed) in [
        (DropPoint::BeforeActing, cents(270_00)),
        (DropPoint::AfterActing, cents(269_00)),
    ] {
        let mut house = quiet_house().await;
        working(&mut house, buy("i-1")).await;
        let changed = DraftInput {
            limit_price: "269.00".into(),
            ..ticket(&house, "i-1", "c-1").await
        };
        let preview = house.preview(changed).await;
        house.sim.set_faults(Faults {
            drop_on_place: Some(point),
            ..Faults::default()
        });
        // The link may be lost and back before the page is told of either.
        let up_since = |p: &Page| p.link.as_ref().map(|link| link.since);
        let before = up_since(&house.page);
        house.desk.confirm(&preview.id).await.unwrap();
        house
            .until("the link is up again and the order as listed", |p| {
                p.is_up()
                    && up_since(p) != before
                    && p.order("i-1")
                        .is_some_and(|o| o.limit_price == Some(listed))
            })
            .await;
        assert!(is(&house.page, "i-1", OrderStateView::Working), "{point:?}");
        // Nothing was sent again: the book is as the one change left it.
        assert_eq!(
            in_the_book(&house, "i-1").await.unwrap().kind,
            OrderKind::Limit(listed),
            "{point:?}"
        );
        assert_eq!(orders_at_the_gateway(&house).await, 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_restart_an_order_is_changed_under_its_new_listing() {
    let mut house = quiet_house().await;
    working(&mut house, buy("i-1")).await;
    house.restart().await;
    house.desk.instrument(APPLE).await.unwrap();
    house.desk.watch(APPLE).await.unwrap();
    house
        .until("there is a quote", |p| {
            p.quotes
                .get(&APPLE)
                .is_some_and(|q| q.bid.value.is_some() && q.ask.value.is_some())
        })
        .await;
    let changed = DraftInput {
        limit_price: "269.00".into(),
        ..ticket(&house, "i-1", "c-1").await
    };
    change(&house, changed).await;
    house
        .until("it is listed as changed", |p| {
            p.order("i-1")
                .is_some_and(|o| o.limit_price == Some(cents(269_00)))
        })
        .await;
    assert_eq!(orders_at_the_gateway(&house).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_that_was_made_in_tws_is_not_changed_from_here() {
    let mut house = quiet_house().await;
    house
        .sim
        .act(Action::PlaceByHand(ByHand {
            account: ACCOUNT.into(),
            instrument: "AAPL".into(),
            quantity: Decimal::TEN,
            limit: Some(cents(260_00)),
        }))
        .await
        .unwrap();
    house
        .until("it is shown", |p| {
            p.orders.values().any(|o| o.made_elsewhere.is_some())
        })
        .await;
    let order = house.page.orders.values().next().unwrap();
    assert!(!order.can_change);
    assert!(house.desk.refill(&order.key).await.is_err());
    // Nor under a name that it does not bear.
    let forged = DraftInput {
        changes: Some("i-1".into()),
        ..buy("c-1")
    };
    match house.desk.preview(forged).await.unwrap() {
        PreviewOutcome::Blocked { verdict } => {
            assert!(
                verdict
                    .findings
                    .iter()
                    .any(|f| f.rule == "change.of-a-working-order" && f.blocks)
            );
        }
        other => panic!("{other:?}"),
    }
}
