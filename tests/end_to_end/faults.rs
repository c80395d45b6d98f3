//! The gateway dies, forgets, or keeps silent.

use gatehouse_desk::view::{LinkStateView, OrderStateView, PreviewOutcome};
use gatehouse_domain::Decimal;
use gatehouse_domain::draft::Side;
use gatehouse_e2e::{House, HouseOptions, Page, limit};
use gatehouse_sim::server::{Action, DropPoint, Faults};
use std::time::Duration;

async fn resting(house: &mut House, intent: &str) -> gatehouse_domain::draft::DraftInput {
    let con_id = house.choose("AAPL").await;
    let account = house.page.account_of("Individual").unwrap().id.clone();
    let bid = house.page.quotes[&con_id].bid.value.unwrap();
    let price = (bid * Decimal::new(97, 2)).round_dp(2).to_string();
    limit(intent, &account, con_id, Side::Buy, "10", &price)
}

async fn orders_at_the_gateway(house: &House) -> usize {
    house
        .sim
        .with_world(|world| world.open_orders().len() + world.completed_orders().len())
        .await
        .expect("the gateway runs")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_gateway_is_noticed_and_its_return_too_with_nothing_lost_and_nothing_twice() {
    let mut house = House::ready().await;
    let draft = resting(&mut house, "i-1").await;
    house.send(draft.clone()).await;
    house
        .until("it works", |p| {
            p.order("i-1")
                .is_some_and(|o| o.state == OrderStateView::Working)
        })
        .await;
    house.sim.stop().await;
    house
        .until("the loss is told", |p| {
            p.link_state() == Some(LinkStateView::Down)
        })
        .await;
    // The last figures are still there, with the age that they have.
    assert!(
        house
            .page
            .accounts
            .values()
            .all(|a| a.net_liquidation.value.is_some())
    );
    let mut another = draft;
    another.intent = "i-2".into();
    match house.desk.preview(another).await.unwrap() {
        PreviewOutcome::Blocked { verdict } => {
            assert!(
                verdict
                    .findings
                    .iter()
                    .any(|f| f.rule == "link.up" && f.blocks)
            );
        }
        other => panic!("{other:?}"),
    }
    house.sim.resume().await.unwrap();
    house.until("the link is up again", Page::is_up).await;
    assert_eq!(
        house.page.order("i-1").unwrap().state,
        OrderStateView::Working
    );
    assert_eq!(orders_at_the_gateway(&house).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_whose_link_dropped_after_it_arrived_is_found_again() {
    let mut house = House::ready().await;
    let draft = resting(&mut house, "i-1").await;
    let preview = house.preview(draft).await;
    house.sim.set_faults(Faults {
        drop_on_place: Some(DropPoint::AfterActing),
        ..Faults::default()
    });
    house.desk.confirm(&preview.id).await.unwrap();
    house
        .until("it is known to work", |p| {
            p.is_up()
                && p.order("i-1")
                    .is_some_and(|o| o.state == OrderStateView::Working)
        })
        .await;
    assert_eq!(orders_at_the_gateway(&house).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_that_never_arrived_is_said_so_and_not_sent_again() {
    let mut house = House::ready().await;
    let draft = resting(&mut house, "i-1").await;
    let preview = house.preview(draft).await;
    house.sim.set_faults(Faults {
        drop_on_place: Some(DropPoint::BeforeActing),
        ..Faults::default()
    });
    house.desk.confirm(&preview.id).await.unwrap();
    house
        .until("it is known not to be there", |p| {
            p.is_up()
                && p.order("i-1")
                    .is_some_and(|o| o.state == OrderStateView::NotAtBroker)
        })
        .await;
    assert_eq!(orders_at_the_gateway(&house).await, 0);
    // A second click on the old confirmation sends nothing either.
    house.desk.confirm(&preview.id).await.unwrap();
    assert_eq!(orders_at_the_gateway(&house).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restarted_gatehouse_knows_its_orders_and_can_cancel_them() {
    let mut house = House::ready().await;
    let draft = resting(&mut house, "i-1").await;
    house.send(draft).await;
    house
        .until("it works", |p| {
            p.order("i-1")
                .is_some_and(|o| o.state == OrderStateView::Working)
        })
        .await;
    house.restart().await;
    let order = house.page.order("i-1").unwrap();
    assert_eq!(order.state, OrderStateView::Working);
    assert_eq!(order.made_elsewhere, None);
    let key = order.key.clone();
    house.desk.cancel(&key).await.unwrap();
    house
        .until("it is cancelled", |p| {
            p.order("i-1")
                .is_some_and(|o| o.state == OrderStateView::Cancelled)
        })
        .await;
    assert_eq!(orders_at_the_gateway(&house).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gateway_that_never_answers_a_what_if_is_told() {
    let mut options = HouseOptions {
        what_if_timeout: Duration::from_millis(300),
        ..HouseOptions::default()
    };
    options.sim.faults.mute_what_if = true;
    let mut house = House::new(options).await;
    house.until("the link is up", Page::is_up).await;
    let draft = resting(&mut house, "i-1").await;
    match house.desk.preview(draft).await.unwrap() {
        PreviewOutcome::Failed { message, .. } => {
            assert!(message.contains("did not answer"), "{message}");
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(orders_at_the_gateway(&house).await, 0);
}

/// Whether a draft is blocked because the link is not whole.
async fn blocked_by_the_link(house: &House, draft: gatehouse_domain::draft::DraftInput) -> bool {
    match house.desk.preview(draft).await.unwrap() {
        PreviewOutcome::Blocked { verdict } => verdict
            .findings
            .iter()
            .any(|f| f.rule == "link.up" && f.blocks),
        PreviewOutcome::Ready { .. } => false,
        other => panic!("{other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn while_the_gateways_own_link_is_down_nothing_is_previewed_and_1102_or_1101_restores_it() {
    let mut house = House::ready().await;
    let draft = resting(&mut house, "i-1").await;
    for (round, data_lost) in [false, true].into_iter().enumerate() {
        house.sim.act(Action::LoseUpstream {}).await.unwrap();
        house
            .until("the loss is told", |p| {
                p.link_state() == Some(LinkStateView::UpstreamDown)
            })
            .await;
        assert!(blocked_by_the_link(&house, draft.clone()).await);
        let back = Action::RestoreUpstream { data_lost };
        house.sim.act(back).await.unwrap();
        house.until("the link is whole again", Page::is_up).await;
        let mut again = draft.clone();
        again.intent = format!("again-{round}");
        let intent = again.intent.clone();
        house.send(again).await;
        // Shown at once; at the gateway only once it has been handed over.
        house
            .until("it works", |p| {
                p.order(&intent)
                    .is_some_and(|o| o.state == OrderStateView::Working)
            })
            .await;
        assert_eq!(orders_at_the_gateway(&house).await, round + 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_confirmation_while_the_gateways_own_link_is_down_sends_nothing() {
    let mut house = House::ready().await;
    let draft = resting(&mut house, "i-1").await;
    let preview = house.preview(draft).await;
    house.sim.act(Action::LoseUpstream {}).await.unwrap();
    house
        .until("the loss is told", |p| {
            p.link_state() == Some(LinkStateView::UpstreamDown)
        })
        .await;
    assert!(house.desk.confirm(&preview.id).await.is_err());
    let data_lost = false;
    let back = Action::RestoreUpstream { data_lost };
    house.sim.act(back).await.unwrap();
    house.until("the link is whole again", Page::is_up).await;
    assert_eq!(orders_at_the_gateway(&house).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn wherever_the_link_drops_an_order_is_placed_once_and_its_end_is_known() {
    let points = [
        DropPoint::AfterAcknowledging,
        DropPoint::BeforeFill,
        DropPoint::AfterFill,
    ];
    let mut house = House::ready().await;
    let con_id = house.choose("AAPL").await;
    let account = house.page.account_of("Individual").unwrap().id.clone();
    for (number, point) in points.into_iter().enumerate() {
        let intent = format!("i-{number}");
        let draft = gatehouse_e2e::market(&intent, &account, con_id, Side::Buy, "1");
        let preview = house.preview(draft).await;
        house.sim.set_faults(Faults {
            drop_on_place: Some(point),
            repeat_statuses: true,
            reorder_statuses: true,
            ..Faults::default()
        });
        house.desk.confirm(&preview.id).await.unwrap();
        house
            .until("it is known to be filled", |p| {
                p.is_up()
                    && p.order(&intent)
                        .is_some_and(|o| o.state == OrderStateView::Filled)
            })
            .await;
        assert_eq!(orders_at_the_gateway(&house).await, number + 1, "{point:?}");
    }
}
