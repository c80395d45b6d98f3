//! Combinations of options, from the ticket to the positions of their legs.

use crate::table::in_the_book;
use gatehouse_desk::view::{OrderStateView, PreviewOutcome};
use gatehouse_domain::Decimal;
use gatehouse_domain::combo::LegInput;
use gatehouse_domain::draft::{DraftField, DraftInput, Side};
use gatehouse_domain::tif::TifChoice;
use gatehouse_e2e::{House, Page};

fn account(house: &House, kind: &str) -> String {
    house.page.account_of(kind).expect("the account").id.clone()
}

/// The conIds of calls on Apple at two strikes above the market, on one expiry.
pub async fn calls(house: &House) -> (i32, i32) {
    let calls = calls_on(house, "AAPL", 265_598, Decimal::TEN).await;
    (calls[0], calls[1])
}

/// The conIds of calls on a stock at its first two strikes above the market that are multiples
/// of `step`, on one expiry.
async fn calls_on(house: &House, symbol: &str, con_id: i32, step: Decimal) -> [i32; 2] {
    let there = gatehouse_sim::world::ConId::new(con_id);
    let names = house
        .sim
        .with_world(move |world| {
            let spot = world.quote(there)?.ask?;
            let chain = world.option_chains(there).into_iter().next()?;
            let expiry = chain.expirations.get(3)?.clone();
            let strikes: Vec<_> = chain
                .strikes
                .iter()
                .filter(|k| **k > spot && **k % step == Decimal::ZERO)
                .take(2)
                .copied()
                .collect();
            Some((expiry, strikes))
        })
        .await
        .flatten();
    let (expiry, strikes) = names.expect("a chain");
    let mut ids = [0, 0];
    for (id, strike) in ids.iter_mut().zip(strikes) {
        let text = format!("{symbol} {expiry} {strike} C");
        let found = house.desk.search(&text).await.expect("an answer");
        let one = found.first().unwrap_or_else(|| panic!("{text}"));
        house.desk.instrument(one.con_id).await.expect("a contract");
        house.desk.watch(one.con_id).await.expect("quotes");
        *id = one.con_id;
    }
    ids
}

/// Waits until each of them has a bid and an offer.
async fn quoted(house: &mut House, legs: &[i32]) {
    for con_id in legs {
        house
            .until("the legs have a market", |p| {
                p.quotes
                    .get(con_id)
                    .is_some_and(|q| q.bid.value.is_some() && q.ask.value.is_some())
            })
            .await;
    }
}

/// Waits until the account holds so many of each of them.
async fn held(house: &mut House, account: &str, legs: &[(i32, Decimal)]) {
    for (con_id, quantity) in legs {
        let key = format!("{account}:{con_id}");
        house
            .until("the legs are held", |p| {
                let held = p.positions.get(&key).and_then(|p| p.quantity.value);
                held.unwrap_or_default() == *quantity
            })
            .await;
    }
}

/// What it costs to buy one and sell the other at once.
fn natural(house: &House, buy: i32, sell: i32) -> Decimal {
    let quotes = &house.page.quotes;
    quotes[&buy].ask.value.unwrap() - quotes[&sell].bid.value.unwrap()
}

/// A price so many percent of another, to the cent.
fn share_of(price: Decimal, percent: i64) -> String {
    (price * Decimal::new(percent, 2)).round_dp(2).to_string()
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
    quoted(&mut house, &[lower, higher]).await;
    let natural = natural(&house, lower, higher);
    let draft = DraftInput {
        limit_price: share_of(natural, 105),
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
    let legs = [(lower, Decimal::TWO), (higher, -Decimal::TWO)];
    held(&mut house, &account, &legs).await;
}

#[tokio::test]
async fn a_spread_that_brings_money_is_received_with_its_legs_the_right_way_round() {
    let mut house = House::ready().await;
    let account = account(&house, "Individual");
    let (lower, higher) = calls(&house).await;
    quoted(&mut house, &[lower, higher]).await;
    let received = -natural(&house, higher, lower);
    let draft = DraftInput {
        limit_price: share_of(received, 95),
        ..vertical("c-1", &account, Side::Sell, (higher, lower))
    };
    let preview = house.preview(draft).await;
    assert!(
        preview.sentence.starts_with("Receive for 2 ×"),
        "{}",
        preview.sentence
    );
    house.desk.confirm(&preview.id).await.expect("sent");
    let legs = [(lower, -Decimal::TWO), (higher, Decimal::TWO)];
    held(&mut house, &account, &legs).await;
}

#[tokio::test]
async fn an_uncovered_combination_in_a_roth_is_blocked_before_the_gateway_hears_of_it() {
    let mut house = House::ready().await;
    let roth = account(&house, "Roth IRA");
    let (lower, higher) = calls(&house).await;
    quoted(&mut house, &[lower, higher]).await;
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

fn is(page: &Page, intent: &str, state: OrderStateView) -> bool {
    page.order(intent).is_some_and(|o| o.state == state)
}

/// A ticket that changes the order.
async fn ticket(house: &House, intent: &str, change: &str) -> DraftInput {
    let key = house.page.order(intent).expect("shown").key.clone();
    DraftInput {
        intent: change.into(),
        ..house.desk.refill(&key).await.expect("a ticket")
    }
}

#[tokio::test]
async fn price_quantity_and_time_of_a_working_combination_are_changed_in_place() {
    for side in [Side::Buy, Side::Sell] {
        let mut house = House::ready().await;
        let account = account(&house, "Individual");
        let (lower, higher) = calls(&house).await;
        quoted(&mut house, &[lower, higher]).await;
        // Far from the market, so that it rests until it is changed.
        let (legs, rests, fills) = match side {
            Side::Buy => ((lower, higher), 50, 108),
            Side::Sell => ((higher, lower), 180, 92),
        };
        let at = |house: &House, percent| {
            let price = match side {
                Side::Buy => natural(house, lower, higher),
                Side::Sell => -natural(house, higher, lower),
            };
            share_of(price, percent)
        };
        let draft = DraftInput {
            limit_price: at(&house, rests),
            ..vertical("c-1", &account, side, legs)
        };
        house.send(draft).await;
        house
            .until("it works", |p| is(p, "c-1", OrderStateView::Working))
            .await;
        let before = in_the_book(&house, "c-1").await.unwrap();
        let refilled = ticket(&house, "c-1", "d-1").await;
        assert_eq!((refilled.con_id, refilled.legs.len()), (None, 2));
        let further = at(&house, rests + 5);
        let changed = DraftInput {
            quantity: "3".into(),
            limit_price: further.clone(),
            tif: TifChoice::Gtc,
            ..refilled
        };
        let preview = house.preview(changed).await;
        assert!(preview.changes);
        let sentence = &preview.sentence;
        assert!(sentence.starts_with("Change to: "), "{sentence}");
        house.desk.confirm(&preview.id).await.expect("sent");
        let further: Decimal = further.parse().unwrap();
        house
            .until("it is listed as changed", |p| {
                p.order("c-1").is_some_and(|o| {
                    o.limit_price == Some(further)
                        && o.quantity == Decimal::from(3)
                        && o.tif == Some(TifChoice::Gtc)
                })
            })
            .await;
        // The legs and which way round they are stay as they were.
        let after = in_the_book(&house, "c-1").await.unwrap();
        assert_eq!((&after.terms, after.side), (&before.terms, before.side));
        let near = DraftInput {
            limit_price: at(&house, fills),
            ..ticket(&house, "c-1", "d-2").await
        };
        let preview = house.preview(near).await;
        house.desk.confirm(&preview.id).await.expect("sent");
        house
            .until("it fills as changed", |p| {
                is(p, "c-1", OrderStateView::Filled)
            })
            .await;
        let three = Decimal::from(3);
        let sign = if side == Side::Buy { three } else { -three };
        let legs = [(lower, sign), (higher, -sign)];
        held(&mut house, &account, &legs).await;
        let orders = house
            .sim
            .with_world(|world| world.open_orders().len() + world.completed_orders().len());
        assert_eq!(orders.await, Some(1));
    }
}

#[tokio::test]
async fn the_legs_of_a_working_combination_are_not_changed() {
    let mut house = House::ready().await;
    let account = account(&house, "Individual");
    let (lower, higher) = calls(&house).await;
    quoted(&mut house, &[lower, higher]).await;
    let resting = share_of(natural(&house, lower, higher), 50);
    let draft = DraftInput {
        limit_price: resting.clone(),
        ..vertical("c-1", &account, Side::Buy, (lower, higher))
    };
    house.send(draft).await;
    house
        .until("it works", |p| is(p, "c-1", OrderStateView::Working))
        .await;
    let mut turned = ticket(&house, "c-1", "d-1").await;
    turned.legs[1].ratio = 2;
    match house.desk.preview(turned).await.unwrap() {
        PreviewOutcome::Faulty { faults } => {
            assert_eq!(faults.len(), 1, "{faults:?}");
            assert_eq!(faults[0].field, DraftField::Legs);
            assert!(faults[0].says.contains("legs"), "{faults:?}");
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_covered_call_in_a_roth_is_bought_by_the_share_and_given_back() {
    const COCA_COLA: i32 = 8_894;
    let mut house = House::ready().await;
    let roth = account(&house, "Roth IRA");
    let [call, _] = calls_on(&house, "KO", COCA_COLA, Decimal::ONE).await;
    house.choose("KO").await;
    quoted(&mut house, &[COCA_COLA, call]).await;
    let key = format!("{roth}:{COCA_COLA}");
    let shares = house.page.positions[&key].quantity.value.unwrap();
    let covered = |intent: &str, side: Side, price: String| DraftInput {
        account: roth.clone(),
        legs: vec![
            LegInput {
                con_id: COCA_COLA,
                side,
                ratio: 100,
            },
            LegInput {
                con_id: call,
                side: side.opposite(),
                ratio: 1,
            },
        ],
        side,
        quantity: "1".into(),
        limit_price: price,
        ..DraftInput::empty(intent)
    };
    let paid = share_of(natural(&house, COCA_COLA, call), 101);
    let draft = covered("c-1", Side::Buy, paid.clone());
    let preview = house.preview(draft).await;
    let price = format!(": {paid} a share or less, today");
    assert!(preview.sentence.contains(&price), "{}", preview.sentence);
    assert!(
        preview.sentence.contains("(buy 100 shares, sell "),
        "{}",
        preview.sentence
    );
    let all: Decimal = paid.parse::<Decimal>().unwrap() * Decimal::ONE_HUNDRED;
    assert_eq!(preview.worst_case, Some(all));
    assert!(
        preview.details[0].starts_with(&format!("You pay at most {paid} a share, ")),
        "{:?}",
        preview.details
    );
    house.desk.confirm(&preview.id).await.expect("sent");
    house
        .until("it has filled", |p| is(p, "c-1", OrderStateView::Filled))
        .await;
    let average = house.page.order("c-1").unwrap().average_price.unwrap();
    assert!(average <= paid.parse().unwrap(), "{average}");
    let more = shares + Decimal::ONE_HUNDRED;
    held(
        &mut house,
        &roth,
        &[(COCA_COLA, more), (call, -Decimal::ONE)],
    )
    .await;
    // What it holds it may give back at once, which sells no share short.
    let brought = share_of(-natural(&house, call, COCA_COLA), 99);
    house.send(covered("c-2", Side::Sell, brought)).await;
    house
        .until("it is given back", |p| is(p, "c-2", OrderStateView::Filled))
        .await;
    held(
        &mut house,
        &roth,
        &[(COCA_COLA, shares), (call, Decimal::ZERO)],
    )
    .await;
    // Twice it can't be.
    match house
        .desk
        .preview(covered("c-3", Side::Sell, "50".into()))
        .await
        .unwrap()
    {
        PreviewOutcome::Blocked { verdict } => assert!(
            verdict
                .findings
                .iter()
                .any(|f| f.rule == "combo.known-loss" && f.blocks)
        ),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn stock_in_a_combination_that_a_roth_cannot_pay_for_is_blocked() {
    const APPLE: i32 = 265_598;
    let mut house = House::ready().await;
    let roth = account(&house, "Roth IRA");
    let (call, _) = calls(&house).await;
    house.choose("AAPL").await;
    quoted(&mut house, &[APPLE, call]).await;
    let natural = natural(&house, APPLE, call);
    let mut draft = vertical("c-1", &roth, Side::Buy, (APPLE, call));
    draft.legs[0].ratio = 100;
    draft.quantity = "1".into();
    draft.limit_price = share_of(natural, 100);
    match house.desk.preview(draft).await.unwrap() {
        PreviewOutcome::Blocked { verdict } => {
            let said = verdict
                .findings
                .iter()
                .find(|f| f.rule == "ira.no-borrowing")
                .unwrap();
            assert!(said.blocks, "{}", said.says);
        }
        other => panic!("{other:?}"),
    }
}
