//! Orders on the one road, to the gateway and back.

use gatehouse_desk::error::ErrorCode;
use gatehouse_desk::view::{OrderStateView, PreviewOutcome};
use gatehouse_domain::Decimal;
use gatehouse_domain::draft::Side;
use gatehouse_e2e::{House, limit, market};

fn account(house: &House, kind: &str) -> String {
    house.page.account_of(kind).expect(kind).id.clone()
}

fn below(house: &House, con_id: i32) -> String {
    let bid = house.page.quotes[&con_id].bid.value.expect("a bid");
    (bid * Decimal::new(97, 2)).round_dp(2).to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_limit_order_works_and_is_cancelled_by_the_person() {
    let mut house = House::ready().await;
    let con_id = house.choose("AAPL").await;
    let (account, price) = (account(&house, "Individual"), below(&house, con_id));
    house
        .send(limit("i-1", &account, con_id, Side::Buy, "10", &price))
        .await;
    house
        .until("it works", |p| {
            p.order("i-1")
                .is_some_and(|o| o.state == OrderStateView::Working)
        })
        .await;
    let key = house.page.order("i-1").unwrap().key.clone();
    house.desk.cancel(&key).await.unwrap();
    house
        .until("it is cancelled", |p| {
            p.order("i-1")
                .is_some_and(|o| o.state == OrderStateView::Cancelled)
        })
        .await;
    let open = house.sim.with_world(|w| w.open_orders().len()).await;
    assert_eq!(open, Some(0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_market_order_fills_and_position_cash_and_commission_follow() {
    let mut house = House::ready().await;
    let con_id = house.choose("MSFT").await;
    let account = account(&house, "Company");
    let key = format!("{account}:{con_id}");
    let before = house
        .page
        .positions
        .get(&key)
        .and_then(|p| p.quantity.value)
        .unwrap_or_default();
    let cash = house.page.accounts[&account].total_cash.value;
    house
        .send(market("i-1", &account, con_id, Side::Buy, "10"))
        .await;
    house
        .until(
            "it is filled with its commission, and position and cash follow",
            |p| {
                p.order("i-1").is_some_and(|o| {
                    o.state == OrderStateView::Filled
                        && o.commission.is_some()
                        && !o.commission_pending
                }) && p.positions.get(&key).and_then(|p| p.quantity.value)
                    == Some(before + Decimal::TEN)
                    && p.accounts[&account].total_cash.value != cash
            },
        )
        .await;
    let order = house.page.order("i-1").unwrap();
    assert_eq!(order.filled, Decimal::TEN);
    assert!(order.average_price.is_some() && !order.executions.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_preview_is_what_the_order_then_does_to_the_cent() {
    let mut house = House::ready().await;
    let con_id = house.choose("AAPL").await;
    // Nothing else may move between the preview and the outcome.
    house
        .sim
        .apply(|world| {
            let ids: Vec<_> = world.instruments().iter().map(|i| i.con_id).collect();
            for id in ids {
                world.freeze(id);
            }
            Vec::new()
        })
        .await;
    let account = account(&house, "Individual");
    let draft = market("i-1", &account, con_id, Side::Buy, "10");
    let preview = house.preview(draft).await;
    house.desk.confirm(&preview.id).await.unwrap();
    let (initial, equity) = (preview.margin.initial.after, preview.margin.equity.after);
    assert!(initial.is_some() && equity.is_some());
    house
        .until("margin and equity are as previewed", |p| {
            let told = &p.accounts[&account];
            p.order("i-1")
                .is_some_and(|o| o.state == OrderStateView::Filled)
                && told.initial_margin.value == initial
                && told.equity_with_loan.value == equity
        })
        .await;
    assert_eq!(
        house.page.order("i-1").unwrap().commission,
        preview.commission
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_large_order_fills_in_parts_that_are_seen() {
    let mut house = House::ready().await;
    let con_id = house.choose("AAPL").await;
    let account = account(&house, "Individual");
    let there = gatehouse_sim::world::ConId::new(con_id);
    // The market stands still with four shares on each side, until the first part is seen.
    house
        .sim
        .apply(move |world| {
            let quote = world.quote(there).expect("a quote");
            let (bid, ask) = (quote.bid.expect("a bid"), quote.ask.expect("an ask"));
            world.set_quote(there, bid, ask);
            world.set_sizes(there, Decimal::from(4), Decimal::from(4));
            Vec::new()
        })
        .await;
    let ask = house.page.quotes[&con_id].ask.value.unwrap();
    let price = (ask * Decimal::new(102, 2)).round_dp(2).to_string();
    house
        .send(limit("i-1", &account, con_id, Side::Buy, "10", &price))
        .await;
    house
        .until("a part has filled", |p| {
            p.order("i-1").is_some_and(|o| {
                // The sizes come back at the next step, so a slow page may see two parts at once.
                o.executions
                    .first()
                    .is_some_and(|part| part.quantity == Decimal::from(4))
            })
        })
        .await;
    house
        .sim
        .apply(move |world| {
            world.thaw(there);
            Vec::new()
        })
        .await;
    house
        .until("all of it has filled", |p| {
            p.order("i-1")
                .is_some_and(|o| o.state == OrderStateView::Filled)
        })
        .await;
    assert!(house.page.order("i-1").unwrap().executions.len() >= 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_short_sale_in_the_roth_never_reaches_the_gateway() {
    let mut house = House::ready().await;
    let con_id = house.choose("TSLA").await;
    let account = account(&house, "Roth IRA");
    let bid = house.page.quotes[&con_id]
        .bid
        .value
        .unwrap()
        .round_dp(2)
        .to_string();
    match house
        .desk
        .preview(limit("i-1", &account, con_id, Side::Sell, "500", &bid))
        .await
        .unwrap()
    {
        PreviewOutcome::Blocked { verdict } => {
            assert!(
                verdict
                    .findings
                    .iter()
                    .any(|f| f.rule == "ira.no-short-sale")
            );
        }
        other => panic!("{other:?}"),
    }
    assert!(house.page.orders.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_rules_let_through_and_the_gateway_refuses_is_told_in_its_words() {
    let mut house = House::ready().await;
    let con_id = house.choose("NVDA").await;
    let account = account(&house, "Individual");
    // Within our caps, but far beyond what this account can carry after a few of them.
    let mut outcome = None;
    for n in 0..40 {
        let draft = market(&format!("i-{n}"), &account, con_id, Side::Buy, "900");
        match house.desk.preview(draft).await.unwrap() {
            PreviewOutcome::Ready { preview } => {
                house.desk.confirm(&preview.id).await.unwrap();
                let intent = format!("i-{n}");
                house
                    .until("it ends", |p| {
                        p.order(&intent).is_some_and(|o| {
                            matches!(o.state, OrderStateView::Filled | OrderStateView::Rejected)
                        })
                    })
                    .await;
            }
            other => {
                outcome = Some(other);
                break;
            }
        }
    }
    match outcome {
        Some(PreviewOutcome::Failed { message, .. }) => {
            assert!(message.contains("IBKR refuses"), "{message}");
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_symbol_finds_nothing_and_an_unknown_contract_is_an_error() {
    let house = House::ready().await;
    assert!(house.desk.search("ZZZZQX").await.unwrap().is_empty());
    let error = house.desk.instrument(999_999_999).await.unwrap_err();
    assert_eq!(error.code, ErrorCode::Refused);
    assert!(error.message.contains("200"), "{error}");
}
