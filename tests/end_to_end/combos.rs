//! Combinations of options, from the ticket to the positions of their legs.

use gatehouse_desk::view::{OrderStateView, PreviewOutcome};
use gatehouse_domain::Decimal;
use gatehouse_domain::combo::LegInput;
use gatehouse_domain::draft::{DraftInput, Side};
use gatehouse_e2e::House;

fn account(house: &House, kind: &str) -> String {
    house.page.account_of(kind).expect("the account").id.clone()
}

/// The conIds of calls on Apple at two strikes above the market, on one expiry.
pub async fn calls(house: &House) -> (i32, i32) {
    const AAPL: i32 = 265_598;
    let there = gatehouse_sim::world::ConId::new(AAPL);
    let names = house
        .sim
        .with_world(move |world| {
            let spot = world.quote(there)?.ask?;
            let chain = world.option_chains(there).into_iter().next()?;
            let expiry = chain.expirations.get(3)?.clone();
            let strikes: Vec<_> = chain
                .strikes
                .iter()
                .filter(|k| **k > spot && **k % Decimal::TEN == Decimal::ZERO)
                .take(2)
                .copied()
                .collect();
            Some((expiry, strikes))
        })
        .await
        .flatten();
    let (expiry, strikes) = names.expect("a chain on Apple");
    let mut ids = Vec::new();
    for strike in strikes {
        let text = format!("AAPL {expiry} {strike} C");
        let found = house.desk.search(&text).await.expect("an answer");
        let one = found.first().unwrap_or_else(|| panic!("{text}"));
        house.desk.instrument(one.con_id).await.expect("a contract");
        house.desk.watch(one.con_id).await.expect("quotes");
        ids.push(one.con_id);
    }
    (ids[0], ids[1])
}

pub fn vertical(intent: &str, account: &str, side: Side, (buy, sell): (i32, i32)) -> DraftInput {
    let leg = |con_id, side| LegInput {
        con_id,
        side,
        ratio: 1,
    };
    DraftInput {
        account: account.into(),
        legs: vec![leg(buy, Side::Buy), leg(sell, Side::Sell)],
        side,
        quantity: "2".into(),
        ..DraftInput::empty(intent)
    }
}

#[tokio::test]
async fn a_spread_is_paid_for_once_and_its_legs_are_held() {
    let mut house = House::ready().await;
    let account = account(&house, "Individual");
    let (lower, higher) = calls(&house).await;
    for con_id in [lower, higher] {
        house
            .until("both legs have a market", |p| {
                p.quotes
                    .get(&con_id)
                    .is_some_and(|q| q.bid.value.is_some() && q.ask.value.is_some())
            })
            .await;
    }
    let price = |con_id: i32, ask: bool| {
        let quote = &house.page.quotes[&con_id];
        if ask {
            quote.ask.value
        } else {
            quote.bid.value
        }
        .unwrap()
    };
    let natural = price(lower, true) - price(higher, false);
    let draft = DraftInput {
        limit_price: (natural * Decimal::new(105, 2)).round_dp(1).to_string(),
        ..vertical("c-1", &account, Side::Buy, (lower, higher))
    };
    let preview = house.preview(draft).await;
    assert!(
        preview.sentence.starts_with("Pay for 2 × AAPL (buy "),
        "{}",
        preview.sentence
    );
    assert!(
        preview.details[0].starts_with("You pay at most"),
        "{:?}",
        preview.details
    );
    house.desk.confirm(&preview.id).await.expect("sent");
    house
        .until("the spread has filled", |p| {
            p.order("c-1")
                .is_some_and(|o| o.state == OrderStateView::Filled)
        })
        .await;
    let order = house.page.order("c-1").unwrap().clone();
    assert_eq!(order.filled, Decimal::TWO);
    assert!(
        order
            .average_price
            .is_some_and(|paid| paid <= natural * Decimal::new(106, 2))
    );
    for (con_id, held) in [(lower, Decimal::TWO), (higher, -Decimal::TWO)] {
        let key = format!("{account}:{con_id}");
        house
            .until("the legs are held", |p| {
                p.positions
                    .get(&key)
                    .is_some_and(|p| p.quantity.value == Some(held))
            })
            .await;
    }
}

#[tokio::test]
async fn a_spread_that_brings_money_is_received_with_its_legs_the_right_way_round() {
    let mut house = House::ready().await;
    let account = account(&house, "Individual");
    let (lower, higher) = calls(&house).await;
    for con_id in [lower, higher] {
        house
            .until("both legs have a market", |p| {
                p.quotes
                    .get(&con_id)
                    .is_some_and(|q| q.bid.value.is_some() && q.ask.value.is_some())
            })
            .await;
    }
    let (bid, ask) = (
        house.page.quotes[&lower].bid.value.unwrap(),
        house.page.quotes[&higher].ask.value.unwrap(),
    );
    let draft = DraftInput {
        limit_price: ((bid - ask) * Decimal::new(95, 2)).round_dp(2).to_string(),
        ..vertical("c-1", &account, Side::Sell, (higher, lower))
    };
    let preview = house.preview(draft).await;
    assert!(
        preview.sentence.starts_with("Receive for 2 ×"),
        "{}",
        preview.sentence
    );
    house.desk.confirm(&preview.id).await.expect("sent");
    for (con_id, held) in [(lower, -Decimal::TWO), (higher, Decimal::TWO)] {
        let key = format!("{account}:{con_id}");
        house
            .until("the legs are held", |p| {
                p.positions
                    .get(&key)
                    .is_some_and(|p| p.quantity.value == Some(held))
            })
            .await;
    }
}

#[tokio::test]
async fn an_uncovered_combination_in_a_roth_is_blocked_before_the_gateway_hears_of_it() {
    let mut house = House::ready().await;
    let roth = account(&house, "Roth IRA");
    let (lower, higher) = calls(&house).await;
    for con_id in [lower, higher] {
        house
            .until("both legs have a market", |p| {
                p.quotes.get(&con_id).is_some_and(|q| q.bid.value.is_some())
            })
            .await;
    }
    let mut draft = vertical("c-1", &roth, Side::Sell, (lower, higher));
    draft.legs[0].side = Side::Sell;
    draft.limit_price = "3".into();
    match house.desk.preview(draft).await.unwrap() {
        PreviewOutcome::Blocked { verdict } => {
            assert!(
                verdict
                    .findings
                    .iter()
                    .any(|f| f.rule == "combo.known-loss")
            );
        }
        other => panic!("{other:?}"),
    }
}
