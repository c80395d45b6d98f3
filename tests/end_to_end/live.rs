//! A login to accounts with real money, as the gateway's scenario of that name plays one.

use gatehouse_desk::error::ErrorCode;
use gatehouse_desk::port::Clock;
use gatehouse_desk::port::clock::SystemClock;
use gatehouse_desk::view::{LinkStateView, OrderStateView, PreviewOutcome};
use gatehouse_domain::Decimal;
use gatehouse_domain::draft::Side;
use gatehouse_e2e::{House, HouseOptions, Page, limit};
use gatehouse_sim::server::SimConfig;
use gatehouse_sim::world::Scenario;

#[tokio::test(flavor = "multi_thread")]
async fn a_live_order_needs_arming_and_typing_and_a_lost_link_turns_them_off() {
    let scenario = Scenario::live(7).starting_at(SystemClock.now().0);
    let mut house = House::new(HouseOptions {
        sim: SimConfig::new(scenario),
        ..HouseOptions::default()
    })
    .await;
    house.until("the link is up", Page::is_up).await;
    let con_id = house.choose("AAPL").await;
    let account = house.page.account_of("Individual").unwrap().id.clone();
    let ask = house.page.quotes[&con_id].ask.value.expect("an offer");
    // Above the offer, as the market may rise before the order is there.
    let price = (ask * Decimal::new(102, 2)).round_dp(2).to_string();
    let buy = |intent| limit(intent, &account, con_id, Side::Buy, "1", &price);

    // Off at the start, whatever the ticket says.
    match house.desk.preview(buy("i-1")).await.unwrap() {
        PreviewOutcome::Blocked { verdict } => {
            assert!(verdict.findings.iter().any(|f| f.rule == "mode.live-armed"));
        }
        other => panic!("{other:?}"),
    }
    assert!(house.desk.arm(15, "yes".into()).await.is_err());
    house.desk.arm(15, "LIVE".into()).await.unwrap();
    house
        .until("the page sees them armed", |p| {
            p.link.as_ref().is_some_and(|l| l.armed_until.is_some())
        })
        .await;

    // A press is not enough, and costs nothing.
    let preview = house.preview(buy("i-2")).await;
    let asked = preview.asks_to_type.clone().expect("something to type");
    assert!(account.ends_with(&asked));
    let error = house.desk.confirm(&preview.id).await.unwrap_err();
    assert_eq!(error.code, ErrorCode::BadInput);
    let there = house
        .sim
        .with_world(|w| w.open_orders().len() + w.completed_orders().len());
    assert_eq!(there.await, Some(0), "nothing reached the gateway");
    house
        .desk
        .confirm_typed(&preview.id, Some(asked), Vec::new())
        .await
        .expect("sent");
    house
        .until("it fills", |p| {
            p.order("i-2")
                .is_some_and(|o| o.state == OrderStateView::Filled)
        })
        .await;

    house.sim.stop().await;
    house.until("the link is lost", |p| !p.is_up()).await;
    house.sim.resume().await.unwrap();
    house
        .until("the link comes back with live orders off", |p| {
            p.link
                .as_ref()
                .is_some_and(|l| l.state == LinkStateView::Up && l.armed_until.is_none())
        })
        .await;
    assert!(matches!(
        house.desk.preview(buy("i-3")).await.unwrap(),
        PreviewOutcome::Blocked { .. }
    ));
}
