//! Orders made by hand in TWS: looked at, or taken over so that they are changed and cancelled
//! here.

use crate::table::{ACCOUNT, APPLE, cents, stand_still};
use gatehouse_desk::view::{LinkStateView, OrderStateView, OrderView, PreviewOutcome, Tone};
use gatehouse_domain::Decimal;
use gatehouse_domain::draft::{DraftInput, Waivers};
use gatehouse_e2e::{House, HouseOptions, Page};
use gatehouse_sim::server::{Action, ByHand, Planned, Trigger, When};
use gatehouse_sim::world::{Order, OrderKind, Tif};
use gatehouse_tws::Login;

const TAKE_OVER: Login = Login {
    client_id: 0,
    take_over: true,
};

/// A house under this login in which the market stands still.
async fn house(login: Login) -> House {
    house_with(login, Vec::new()).await
}

/// The same, with what is going to happen in it.
async fn house_with(login: Login, plan: Vec<Planned>) -> House {
    let mut options = HouseOptions {
        login,
        ..HouseOptions::default()
    };
    options.sim.plan = plan;
    let mut house = House::new(options).await;
    house.until("the link is up", Page::is_up).await;
    house.choose("AAPL").await;
    stand_still(&mut house).await;
    house
}

async fn by_hand(house: &House, quantity: i64) {
    house
        .sim
        .act(Action::PlaceByHand(ByHand {
            account: ACCOUNT.into(),
            instrument: "AAPL".into(),
            quantity: quantity.into(),
            limit: Some(cents(260_00)),
        }))
        .await
        .unwrap();
}

/// The gateway's own open orders.
async fn open(house: &House) -> Vec<Order> {
    house
        .sim
        .with_world(|world| world.open_orders().into_iter().cloned().collect())
        .await
        .expect("the gateway runs")
}

/// The order made by hand for so many, once the page shows what is wanted of it.
async fn shown(
    house: &mut House,
    quantity: i64,
    what: &str,
    wanted: impl Fn(&OrderView) -> bool,
) -> OrderView {
    let is_it = |o: &&OrderView| {
        o.made_elsewhere.is_some() && o.quantity == Decimal::from(quantity) && wanted(o)
    };
    house
        .until(what, |p| p.orders.values().any(|o| is_it(&o)))
        .await;
    house.page.orders.values().find(is_it).unwrap().clone()
}

fn can_be_changed(order: &OrderView) -> bool {
    order.can_change && order.can_cancel
}

/// A ticket that changes the order with this key.
async fn ticket(house: &House, key: &str, intent: &str) -> DraftInput {
    DraftInput {
        intent: intent.into(),
        waivers: Waivers {
            stale_price: true,
            ..Waivers::default()
        },
        ..house.desk.refill(key).await.expect("a ticket")
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_made_in_tws_is_taken_over_changed_in_place_and_cancelled() {
    let mut house = house(TAKE_OVER).await;
    by_hand(&house, 10).await;
    let order = shown(&mut house, 10, "it is taken over", can_be_changed).await;
    assert_eq!(
        order.made_elsewhere.as_deref(),
        Some("Made in TWS, taken over")
    );
    assert_eq!(order.intent, None);
    let before = open(&house).await.remove(0);

    let moved = DraftInput {
        limit_price: "261.00".into(),
        quantity: "12".into(),
        ..ticket(&house, &order.key, "c-1").await
    };
    let preview = house.preview(moved.clone()).await;
    assert!(preview.changes);
    let answered = house.desk.confirm(&preview.id).await.expect("sent");
    assert_eq!(answered.key, order.key);
    // A second confirmation is the first one's order.
    let again = house.desk.confirm(&preview.id).await.expect("answered");
    assert_eq!(again.key, order.key);
    let changed = shown(&mut house, 12, "it is listed as changed", |o| {
        o.limit_price == Some(cents(261_00))
    })
    .await;
    assert_eq!(
        (&changed.key, &changed.perm_id),
        (&order.key, &order.perm_id)
    );
    let after = open(&house).await;
    assert_eq!(after.len(), 1, "nothing new was made");
    assert_eq!(after[0].perm_id, before.perm_id);
    assert_eq!(after[0].request.kind, OrderKind::Limit(cents(261_00)));
    assert_eq!(after[0].request.quantity, Decimal::from(12));
    // All else is as the person made it in TWS.
    assert_eq!(after[0].request.tif, Tif::Gtc);
    assert_eq!(after[0].request.order_ref, before.request.order_ref);
    assert_eq!(after[0].request.terms, before.request.terms);
    // The same ticket changes it once.
    match house.desk.preview(moved).await.unwrap() {
        PreviewOutcome::Blocked { verdict } => {
            let blocked = |f: &gatehouse_desk::view::FindingView| f.rule == "intent.once";
            assert!(verdict.findings.iter().any(|f| blocked(f) && f.blocks));
        }
        PreviewOutcome::Faulty { .. } => {}
        other => panic!("{other:#?}"),
    }

    house.desk.cancel(&order.key).await.expect("a cancel");
    house.sim.step(1_000).await.unwrap();
    shown(&mut house, 12, "it is cancelled", |o| {
        o.state == OrderStateView::Cancelled
    })
    .await;
    assert!(open(&house).await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_taken_over_order_is_recognised_after_a_gap_and_after_a_restart() {
    let mut house = house(TAKE_OVER).await;
    by_hand(&house, 10).await;
    let order = shown(&mut house, 10, "it is taken over", can_be_changed).await;
    house.sim.stop().await;
    house
        .until("the loss is seen", |p| {
            p.link_state() != Some(LinkStateView::Up)
        })
        .await;
    // Another one is made while nobody listens.
    house.sim.resume().await.unwrap();
    by_hand(&house, 7).await;
    house.until("the link is up again", Page::is_up).await;
    let other = shown(&mut house, 7, "the other is taken over", can_be_changed).await;
    let same = shown(&mut house, 10, "it is taken over again", can_be_changed).await;
    assert_eq!((&same.key, &same.perm_id), (&order.key, &order.perm_id));
    assert_eq!(house.page.orders.len(), 2);

    house.restart().await;
    let same = shown(
        &mut house,
        10,
        "it is known after a restart",
        can_be_changed,
    )
    .await;
    assert_eq!(same.perm_id, order.perm_id);
    house.choose("AAPL").await;
    stand_still(&mut house).await;
    let moved = DraftInput {
        limit_price: "261.00".into(),
        ..ticket(&house, &same.key, "c-1").await
    };
    let preview = house.preview(moved.clone()).await;
    house.desk.confirm(&preview.id).await.expect("sent");
    shown(&mut house, 10, "it is listed as changed", |o| {
        o.limit_price == Some(cents(261_00))
    })
    .await;
    house.desk.cancel(&same.key).await.expect("a cancel");
    house.sim.step(1_000).await.unwrap();
    shown(&mut house, 10, "it is cancelled", |o| {
        o.state == OrderStateView::Cancelled
    })
    .await;
    let left = open(&house).await;
    assert_eq!(left.len(), 1, "the other one works on");
    assert_eq!(Some(left[0].perm_id.to_string()), other.perm_id);

    // What was changed before the restart is not changed again by the same ticket.
    house.restart().await;
    house.choose("AAPL").await;
    let other = shown(&mut house, 7, "the other is there", can_be_changed).await;
    let again = DraftInput {
        limit_price: "262.00".into(),
        intent: moved.intent,
        ..ticket(&house, &other.key, "unused").await
    };
    match house.desk.preview(again).await.unwrap() {
        PreviewOutcome::Blocked { verdict } => {
            let once = |f: &&gatehouse_desk::view::FindingView| f.rule == "intent.once";
            assert!(verdict.findings.iter().find(once).unwrap().blocks);
        }
        other => panic!("{other:#?}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_that_is_refused_leaves_a_taken_over_order_as_it_was() {
    // The market falls away under the new limit as the change arrives: it is too far through.
    let falls = Planned {
        when: When::On(Trigger::Order, 1),
        action: Action::SetPrice {
            instrument: "AAPL".into(),
            bid: cents(260_00),
            ask: cents(260_02),
        },
    };
    let mut house = house_with(TAKE_OVER, vec![falls]).await;
    by_hand(&house, 10).await;
    let order = shown(&mut house, 10, "it is taken over", can_be_changed).await;
    // The gateway calls this order −1, which is also what it calls no order.
    assert_eq!(open(&house).await[0].order_id.get(), -1);
    let moved = DraftInput {
        limit_price: "290.00".into(),
        ..ticket(&house, &order.key, "c-1").await
    };
    let preview = house.preview(moved).await;
    house.desk.confirm(&preview.id).await.expect("sent");
    house
        .until("the refusal is told", |p| {
            p.notices
                .iter()
                .any(|n| n.tone == Tone::Warning && n.text.contains("change"))
        })
        .await;
    let same = shown(&mut house, 10, "it stands as it was", can_be_changed).await;
    assert_eq!(same.limit_price, Some(cents(260_00)));
    assert_eq!(same.state, OrderStateView::Working);
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_taken_over_unless_the_person_wants_it_and_the_client_id_is_0() {
    for login in [
        Login {
            client_id: 0,
            take_over: false,
        },
        Login {
            client_id: 17,
            take_over: true,
        },
    ] {
        let mut house = house(login).await;
        by_hand(&house, 10).await;
        let order = shown(&mut house, 10, "it is shown", |o| {
            o.state == OrderStateView::Working
        })
        .await;
        assert_eq!(order.made_elsewhere.as_deref(), Some("Made in TWS"));
        assert!(!order.can_change && !order.can_cancel, "{login:?}");
        assert!(house.desk.refill(&order.key).await.is_err());
        assert!(house.desk.cancel(&order.key).await.is_err());
        let there = open(&house).await;
        assert_eq!(there.len(), 1);
        assert_eq!(there[0].order_id.get(), 0, "nobody bound it: {login:?}");
        // What becomes of it is seen all the same.
        let perm_id = there[0].perm_id.get();
        house
            .sim
            .act(Action::CancelByHand { perm_id })
            .await
            .unwrap();
        house.sim.step(1_000).await.unwrap();
        shown(&mut house, 10, "its end is seen", |o| {
            o.state == OrderStateView::Cancelled
        })
        .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_taken_over_before_is_only_looked_at_once_the_person_no_longer_wants_it() {
    let mut house = house(TAKE_OVER).await;
    by_hand(&house, 10).await;
    shown(&mut house, 10, "it is taken over", can_be_changed).await;
    house.login.take_over = false;
    house.restart().await;
    let order = shown(&mut house, 10, "it is shown", |o| {
        o.state == OrderStateView::Working
    })
    .await;
    assert!(!order.can_change && !order.can_cancel);
    assert!(house.desk.cancel(&order.key).await.is_err());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_of_ours_under_another_client_id_is_not_offered_to_be_changed() {
    let mut house = House::ready().await;
    house.choose("AAPL").await;
    stand_still(&mut house).await;
    let draft = gatehouse_e2e::limit(
        "i-1",
        ACCOUNT,
        APPLE,
        gatehouse_domain::draft::Side::Buy,
        "3",
        "260.00",
    );
    house.send(draft).await;
    house
        .until("it works", |p| {
            p.order("i-1")
                .is_some_and(|o| o.state == OrderStateView::Working)
        })
        .await;
    house.login = TAKE_OVER;
    house.restart().await;
    house
        .until("it is listed under its id", |p| {
            p.order("i-1").is_some_and(|o| o.made_elsewhere.is_some())
        })
        .await;
    let order = house.page.order("i-1").unwrap().clone();
    assert_eq!(
        order.made_elsewhere.as_deref(),
        Some("Made here, client id 17")
    );
    assert!(!order.can_change && !order.can_cancel, "{order:#?}");
    let refused = house.desk.cancel(&order.key).await.unwrap_err();
    assert!(refused.message.contains("client id 17"), "{refused}");
    house.login.client_id = 17;
    house.restart().await;
    house
        .until("it is ours again", |p| {
            p.order("i-1").is_some_and(|o| o.can_cancel && o.can_change)
        })
        .await;
}
