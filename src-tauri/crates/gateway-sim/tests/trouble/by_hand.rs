//! Whose order is whose: ids, orders made in TWS, and what each client sees of them.

use gatehouse_sim::server::{Action, ByHand, SimHandle};
use rust_decimal::Decimal;

use crate::bare::{Bare, stepped};

/// A person buys ten Apple shares far below the market; returns the permId.
async fn by_hand(sim: &SimHandle) -> String {
    let wanted = ByHand {
        account: "DU4000001".to_owned(),
        instrument: "AAPL".to_owned(),
        quantity: Decimal::TEN,
        limit: Some(Decimal::ONE_HUNDRED),
    };
    let state = sim.act(Action::PlaceByHand(wanted)).await.unwrap();
    state["perm-id"].to_string()
}

/// Order id, client id and permId of every openOrder among these.
fn opened(frames: &[Vec<String>]) -> Vec<[String; 3]> {
    let opened = frames.iter().filter(|fields| fields[0] == "5");
    opened
        .map(|fields| [fields[1].clone(), fields[24].clone(), fields[25].clone()])
        .collect()
}

/// The errors among these, as id and code.
fn errors(frames: &[Vec<String>]) -> Vec<(&str, &str)> {
    let errors = frames.iter().filter(|fields| fields[0] == "4");
    errors
        .map(|fields| (fields[2].as_str(), fields[3].as_str()))
        .collect()
}

async fn all_open(bare: &mut Bare) -> Vec<[String; 3]> {
    bare.send(&["16", "1"]).await;
    opened(&bare.up_to_now().await)
}

async fn own_open(bare: &mut Bare) -> Vec<[String; 3]> {
    bare.send(&["5", "1"]).await;
    opened(&bare.up_to_now().await)
}

#[tokio::test]
async fn an_order_made_in_tws_has_no_id_and_is_nobodys_to_change() {
    let sim = stepped(|_| {}).await;
    let mut other = Bare::started(&sim, 5).await;
    let perm_id = by_hand(&sim).await;
    assert!(opened(&other.up_to_now().await).is_empty());
    assert!(own_open(&mut other).await.is_empty());
    let seen = all_open(&mut other).await;
    assert_eq!(seen, [["0".to_owned(), "0".to_owned(), perm_id]]);
    other.send(&["4", "1", "0", ""]).await;
    assert_eq!(other.error().await.1, "10147");
    other.send(&["15", "1", "1"]).await;
    assert_eq!(other.error().await.1, "321");
    assert_eq!(all_open(&mut other).await.len(), 1);
}

#[tokio::test]
async fn asking_for_open_orders_binds_them_to_client_0() {
    let sim = stepped(|_| {}).await;
    let perm_id = by_hand(&sim).await;
    let mut zero = Bare::started(&sim, 0).await;
    let mut other = Bare::started(&sim, 5).await;
    zero.send(&["5", "1"]).await;
    let frames = zero.up_to_now().await;
    let bound = frames.iter().position(|fields| fields[0] == "100").unwrap();
    assert_eq!(frames[bound][1..], [perm_id.as_str(), "0", "-1"]);
    assert_eq!(opened(&frames), [["-1", "0", &perm_id].map(str::to_owned)]);

    // Now it can be changed …
    zero.order(-1, "BUY", Some("101.00"), false).await;
    let frames = zero.up_to_now().await;
    assert!(errors(&frames).is_empty(), "{frames:?}");
    let changed = frames.iter().find(|fields| fields[0] == "5").unwrap();
    assert_eq!((changed[1].as_str(), changed[16].as_str()), ("-1", "101"));
    // … within what the brokerage takes …
    zero.order(-1, "BUY", Some("900.00"), false).await;
    assert_eq!(zero.error().await, ("-1".to_owned(), "201".to_owned()));
    zero.send(&["8", "1", "1"]).await;
    assert_eq!(zero.message("9").await[2], "1");
    // … by nobody else, however …
    other.order(-1, "BUY", Some("102.00"), false).await;
    assert_eq!(other.error().await.1, "321");
    other.send(&["4", "1", "-1", ""]).await;
    assert_eq!(other.error().await.1, "10147");
    // … and cancelled.
    zero.send(&["4", "1", "-1", ""]).await;
    zero.up_to_now().await;
    sim.step(1_000).await.unwrap();
    assert_eq!(errors(&zero.up_to_now().await), [("-1", "202")]);
    assert!(all_open(&mut other).await.is_empty());
}

#[tokio::test]
async fn client_0_can_have_orders_bound_as_they_come() {
    let sim = stepped(|_| {}).await;
    let mut zero = Bare::started(&sim, 0).await;
    zero.send(&["15", "1", "1"]).await;
    zero.up_to_now().await;
    let first = by_hand(&sim).await;
    let frames = zero.up_to_now().await;
    assert_eq!(frames[0], ["100", first.as_str(), "0", "-1"]);
    assert_eq!(frames[1][..2], ["5", "-1"]);
    zero.send(&["15", "1", "0"]).await;
    zero.up_to_now().await;
    let second = by_hand(&sim).await;
    let frames = zero.up_to_now().await;
    assert_eq!(opened(&frames), [["0", "0", &second].map(str::to_owned)]);
    assert_eq!(all_open(&mut zero).await.len(), 2);
    assert_eq!(own_open(&mut zero).await[1][0], "-2");
}

#[tokio::test]
async fn a_global_cancel_and_the_person_reach_every_order() {
    let sim = stepped(|_| {}).await;
    let mut other = Bare::started(&sim, 5).await;
    by_hand(&sim).await;
    other.order(1, "BUY", Some("100.00"), false).await;
    other.up_to_now().await;
    other.order(2, "BUY", Some("100.00"), false).await;
    let frames = other.up_to_now().await;
    let perm_id = opened(&frames)[0][2].parse().unwrap();
    sim.act(Action::CancelByHand { perm_id }).await.unwrap();
    let again = sim.act(Action::CancelByHand { perm_id }).await;
    assert!(again.is_err());
    sim.step(1_000).await.unwrap();
    assert_eq!(errors(&other.up_to_now().await), [("2", "202")]);
    other.send(&["58", "1"]).await;
    other.up_to_now().await;
    sim.step(1_000).await.unwrap();
    assert_eq!(errors(&other.up_to_now().await), [("1", "202")]);
    assert!(all_open(&mut other).await.is_empty());
}

#[tokio::test]
async fn completed_orders_name_neither_id_nor_client_and_can_leave_out_what_was_made_by_hand() {
    let sim = stepped(|_| {}).await;
    let mut other = Bare::started(&sim, 5).await;
    let perm_id = by_hand(&sim).await;
    other.order(7, "BUY", None, false).await;
    other.up_to_now().await;
    sim.step(1_000).await.unwrap();
    let perm_id = perm_id.parse().unwrap();
    sim.act(Action::CancelByHand { perm_id }).await.unwrap();
    sim.step(1_000).await.unwrap();
    other.up_to_now().await;

    let mut completed = async |api_only: &str| {
        other.send(&["99", api_only]).await;
        let mut frames = other.up_to_now().await;
        assert_eq!(frames.pop().unwrap(), ["102"]);
        frames
    };
    let everything = completed("0").await;
    assert_eq!(everything.len(), 2);
    let of_clients = completed("1").await;
    assert_eq!(of_clients.len(), 1);
    let filled = &of_clients[0];
    // After the contract: the action, and a total that is what was not filled.
    assert_eq!(filled[12..14], ["BUY", "0"]);
    assert_ne!(filled[23], "0", "the permId is kept");
    assert!(filled.contains(&"Filled".to_owned()));
    assert!(filled.contains(&"Filled Size: 10".to_owned()));
    assert!(filled.contains(&"10".to_owned()), "the filled quantity");
    assert!(
        everything
            .iter()
            .any(|one| one.contains(&"Cancelled by Trader".to_owned()))
    );
}

#[tokio::test]
async fn the_next_id_is_above_all_that_the_client_used_also_in_earlier_sessions() {
    let sim = stepped(|_| {}).await;
    let next = async |bare: &mut Bare| {
        bare.send(&["8", "1", "1"]).await;
        bare.message("9").await[2].clone()
    };
    let mut bare = Bare::started(&sim, 5).await;
    assert_eq!(next(&mut bare).await, "1");
    bare.order(1_000, "BUY", Some("100.00"), false).await;
    assert_eq!(next(&mut bare).await, "1001");
    // What the brokerage refused is used too, what was malformed is not.
    bare.order(2_000, "BUY", Some("900.00"), false).await;
    assert_eq!(bare.error().await, ("2000".to_owned(), "201".to_owned()));
    bare.order(2_001, "BUY", Some("100.001"), false).await;
    assert_eq!(bare.error().await, ("2001".to_owned(), "110".to_owned()));
    assert_eq!(next(&mut bare).await, "2001");
    bare.order(2_000, "BUY", Some("100.00"), false).await;
    assert_eq!(bare.error().await, ("2000".to_owned(), "103".to_owned()));
    // A preview uses nothing.
    bare.order(3_000, "BUY", Some("100.00"), true).await;
    bare.message("5").await;
    assert_eq!(next(&mut bare).await, "2001");

    let mut other = Bare::started(&sim, 6).await;
    assert_eq!(next(&mut other).await, "1");
    drop(bare);
    other.up_to_now().await;
    let mut again = loop {
        let mut again = Bare::asking(&sim, 5).await;
        // The dead connection may hold the id for a moment.
        if again.next().await[0] == "15" {
            break again;
        }
    };
    assert_eq!(again.next().await, ["9", "1", "2001"]);
}

#[tokio::test]
async fn orders_that_are_over_say_so() {
    let sim = stepped(|_| {}).await;
    let mut bare = Bare::started(&sim, 5).await;
    bare.order(1, "BUY", None, false).await;
    bare.up_to_now().await;
    sim.step(1_000).await.unwrap();
    bare.up_to_now().await;
    bare.order(1, "BUY", Some("100.00"), false).await;
    assert_eq!(bare.error().await, ("1".to_owned(), "104".to_owned()));
    bare.send(&["4", "1", "1", ""]).await;
    assert_eq!(bare.error().await, ("1".to_owned(), "10148".to_owned()));
    bare.send(&["4", "1", "77", ""]).await;
    assert_eq!(bare.error().await, ("77".to_owned(), "10147".to_owned()));
    bare.order(2, "BUY", Some("100.00"), false).await;
    bare.up_to_now().await;
    bare.order(2, "SELL", Some("500.00"), false).await;
    assert_eq!(bare.error().await, ("2".to_owned(), "105".to_owned()));
}

#[test]
fn quantities_and_prices_of_actions_are_strings_or_numbers() {
    let wanted = |quantity: &str, limit: &str| {
        let text = format!(
            r#"{{"do":"place-by-hand","instrument":"AAPL","quantity":{quantity},"limit":{limit}}}"#
        );
        serde_json::from_str::<Action>(&text).map(|action| match action {
            Action::PlaceByHand(ByHand {
                quantity, limit, ..
            }) => (quantity.to_string(), limit.unwrap().to_string()),
            other => panic!("{other:?}"),
        })
    };
    let meant = ("-10".to_owned(), "101.55".to_owned());
    assert_eq!(wanted("-10", "101.55").unwrap(), meant);
    assert_eq!(wanted("\"-10\"", "\"101.55\"").unwrap(), meant);
    assert_eq!(wanted("10", "101").unwrap().0, "10");
    assert!(wanted("true", "1").is_err() && wanted("1", "\"much\"").is_err());
}
