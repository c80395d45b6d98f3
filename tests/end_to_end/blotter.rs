//! The blotter: many orders cancelled at once, families, and what changed during a gap.

use gatehouse_desk::view::{CancelScope, FamilyRole, NoticeAbout, OrderStateView, OrderView};
use gatehouse_domain::Decimal;
use gatehouse_domain::draft::Side;
use gatehouse_e2e::{House, Page, limit, market};
use gatehouse_sim::world::{
    ClientId, ConId, OrderId, OrderKind, OrderRequest, OrderTerms, Side as WorldSide, Tif,
};

/// Our own API client.
const OURS: i32 = 17;

fn account(house: &House, kind: &str) -> String {
    house.page.account_of(kind).expect(kind).id.clone()
}

/// A price well below or above the market.
fn aside(house: &House, con_id: i32, percent: i64) -> Decimal {
    let bid = house.page.quotes[&con_id].bid.value.expect("a bid");
    (bid * Decimal::new(percent, 2)).round_dp(2)
}

/// Places an order of another client, or one of ours that Gatehouse has not made, at the gateway.
async fn place_there(house: &House, client: i32, order_id: i32, request: OrderRequest) {
    let now = gatehouse_desk::port::Clock::now(&gatehouse_desk::port::clock::SystemClock).0;
    house
        .sim
        .apply(move |world| {
            world
                .place(ClientId::new(client), OrderId::new(order_id), request, now)
                .expect("the gateway takes it")
        })
        .await;
}

fn request(account: &str, con_id: i32, side: WorldSide, kind: OrderKind) -> OrderRequest {
    OrderRequest {
        account: account.to_owned(),
        con_id: ConId::new(con_id),
        exchange: "SMART".to_owned(),
        side,
        quantity: Decimal::TEN,
        kind,
        tif: Tif::Day,
        outside_rth: false,
        order_ref: String::new(),
        transmit: true,
        terms: OrderTerms::default(),
    }
}

async fn resting(house: &mut House, intent: &str, kind: &str) {
    let con_id = house.choose("AAPL").await;
    let account = account(house, kind);
    let price = aside(house, con_id, 97).to_string();
    house
        .send(limit(intent, &account, con_id, Side::Buy, "3", &price))
        .await;
    let intent = intent.to_owned();
    house
        .until("it works", move |p| is(p, &intent, OrderStateView::Working))
        .await;
}

fn is(page: &Page, intent: &str, state: OrderStateView) -> bool {
    page.order(intent).is_some_and(|o| o.state == state)
}

fn others(page: &Page) -> Vec<&OrderView> {
    let all = page.orders.values();
    all.filter(|o| o.made_elsewhere.is_some()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_is_cancelled_but_what_others_made_and_that_too_when_asked_to() {
    let mut house = House::ready().await;
    resting(&mut house, "i-1", "Individual").await;
    resting(&mut house, "i-2", "Company").await;
    let con_id = house.choose("AAPL").await;
    let low = OrderKind::Limit(aside(&house, con_id, 90));
    let company = account(&house, "Company");
    place_there(
        &house,
        99,
        1,
        request(&company, con_id, WorldSide::Buy, low),
    )
    .await;
    house
        .until("the other program's order is shown", |p| {
            others(p).iter().any(|o| o.state == OrderStateView::Working)
        })
        .await;
    assert!(!others(&house.page)[0].can_cancel);
    let outcome = house
        .desk
        .cancel_many(CancelScope::Everything { others_too: false })
        .await
        .unwrap();
    assert_eq!((outcome.asked, outcome.elsewhere), (2, 1), "{outcome:?}");
    house
        .until("ours are cancelled", |p| {
            is(p, "i-1", OrderStateView::Cancelled) && is(p, "i-2", OrderStateView::Cancelled)
        })
        .await;
    assert_eq!(others(&house.page)[0].state, OrderStateView::Working);
    house
        .desk
        .cancel_many(CancelScope::Everything { others_too: true })
        .await
        .unwrap();
    house
        .until("the other one is cancelled too", |p| {
            others(p)
                .iter()
                .all(|o| o.state == OrderStateView::Cancelled)
        })
        .await;
    let open = house.sim.with_world(|w| w.open_orders().len()).await;
    assert_eq!(open, Some(0));
    assert!(
        house
            .page
            .notices
            .iter()
            .all(|n| !n.text.contains("ot cancelled")),
        "{:?}",
        house.page.notices
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_is_cancelled_and_the_others_go_on() {
    let mut house = House::ready().await;
    resting(&mut house, "i-1", "Individual").await;
    resting(&mut house, "i-2", "Roth IRA").await;
    let scope = CancelScope::Account {
        account: account(&house, "Roth IRA"),
    };
    assert_eq!(house.desk.cancel_many(scope).await.unwrap().asked, 1);
    house
        .until("one is cancelled", |p| {
            is(p, "i-2", OrderStateView::Cancelled)
        })
        .await;
    assert!(is(&house.page, "i-1", OrderStateView::Working));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bracket_is_shown_as_a_family_and_cancelled_as_one_also_after_a_restart() {
    let mut house = House::ready().await;
    let con_id = house.choose("AAPL").await;
    let individual = account(&house, "Individual");
    let part = |side, kind, parent: Option<i32>| OrderRequest {
        terms: OrderTerms {
            parent: parent.map(OrderId::new),
            ..OrderTerms::default()
        },
        ..request(&individual, con_id, side, kind)
    };
    let entry = part(
        WorldSide::Buy,
        OrderKind::Limit(aside(&house, con_id, 95)),
        None,
    );
    let profit = part(
        WorldSide::Sell,
        OrderKind::Limit(aside(&house, con_id, 110)),
        Some(500),
    );
    let stop = part(
        WorldSide::Sell,
        OrderKind::Stop(aside(&house, con_id, 90)),
        Some(500),
    );
    for (order_id, request) in [(500, entry), (501, profit), (502, stop)] {
        place_there(&house, OURS, order_id, request).await;
    }
    let roles = |page: &Page| {
        let mut roles: Vec<(String, FamilyRole)> = page
            .orders
            .values()
            .filter_map(|o| o.family.as_ref())
            .map(|f| (f.key.clone(), f.role))
            .collect();
        roles.sort_by_key(|(_, role)| *role as u8);
        roles
    };
    let is_family = |page: &Page| {
        let found = roles(page);
        let kinds: Vec<FamilyRole> = found.iter().map(|(_, role)| *role).collect();
        kinds == [FamilyRole::Entry, FamilyRole::TakeProfit, FamilyRole::Stop]
            && found.iter().all(|(key, _)| *key == found[0].0)
    };
    house.until("the bracket is a family", is_family).await;
    house.restart().await;
    house
        .until("the bracket is a family again", is_family)
        .await;
    let key = roles(&house.page)[0].0.clone();
    let outcome = house.desk.cancel_many(CancelScope::Family { key }).await;
    assert_eq!(outcome.unwrap().asked, 3);
    house
        .until("all three are cancelled", |p| {
            p.orders.len() == 3
                && p.orders
                    .values()
                    .all(|o| o.state == OrderStateView::Cancelled)
        })
        .await;
    let alarms = house
        .page
        .notices
        .iter()
        .filter(|n| n.text.contains("ot cancelled"));
    assert_eq!(alarms.count(), 0, "{:?}", house.page.notices);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_filled_while_the_link_was_down_is_said_in_one_sentence() {
    let mut house = House::ready().await;
    resting(&mut house, "i-1", "Individual").await;
    resting(&mut house, "i-2", "Company").await;
    let con_id = ConId::new(house.choose("AAPL").await);
    house.sim.stop().await;
    let now = gatehouse_desk::port::Clock::now(&gatehouse_desk::port::clock::SystemClock).0;
    house
        .until("the loss is told with the orders that are open", |p| {
            p.notices.iter().any(|n| {
                n.about == Some(NoticeAbout::Disconnect) && n.text.contains("2 orders open")
            })
        })
        .await;
    house
        .sim
        .apply(move |world| {
            let first = world
                .open_orders()
                .first()
                .map(|o| (o.client_id, o.order_id));
            let (client, order) = first.expect("an order");
            let mut events = world.cancel(client, order).expect("it is cancelled");
            // The cancel takes effect before the market comes to the other order.
            events.extend(world.advance(now + 1000));
            let low = Decimal::ONE;
            world.set_quote(con_id, low, low + Decimal::new(1, 2));
            world.set_sizes(con_id, Decimal::from(1000), Decimal::from(1000));
            events.extend(world.advance(now + 2000));
            events
        })
        .await;
    house.sim.resume().await.unwrap();
    house.until("the link is up again", Page::is_up).await;
    house
        .until("what changed is said", |p| {
            p.notices.iter().any(|n| {
                n.text.starts_with(
                    "While the link was down: 1 order filled and 1 order was cancelled.",
                )
            })
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_execution_tells_its_liquidity_and_a_fill_is_told() {
    let mut house = House::ready().await;
    let con_id = house.choose("MSFT").await;
    let company = account(&house, "Company");
    house
        .send(market("i-1", &company, con_id, Side::Buy, "10"))
        .await;
    house
        .until("it is filled and told", |p| {
            is(p, "i-1", OrderStateView::Filled)
                && p.order("i-1")
                    .is_some_and(|o| o.executions.iter().all(|e| e.liquidity.is_some()))
                && p.notices.iter().any(|n| {
                    n.about == Some(NoticeAbout::Fill) && n.text.starts_with("Bought 10 MSFT at ")
                })
        })
        .await;
}
