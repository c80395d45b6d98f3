//! A client that nobody here wrote sees the same world: ib_async beside Gatehouse.
//!
//! `GATEHOUSE_PYTHON` names a Python interpreter that has ib_async; `cargo xtask test` sets it.
//! Without it these tests say so and do nothing.

use gatehouse_desk::view::OrderStateView;
use gatehouse_domain::Decimal;
use gatehouse_domain::draft::Side;
use gatehouse_e2e::{House, limit};
use std::path::Path;
use std::process::{Command, Stdio};

/// The stranger's script with these arguments, or nothing when there is no stranger.
fn stranger(house: &House, args: &[&str]) -> Option<Command> {
    let Some(python) = std::env::var_os("GATEHOUSE_PYTHON") else {
        eprintln!("GATEHOUSE_PYTHON is not set: run this through cargo xtask test");
        return None;
    };
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("third_party/ib_async_world.py");
    let mut command = Command::new(python);
    command
        .arg(script)
        .args(args)
        .args(["--port", &house.sim.addr().port().to_string()])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped());
    Some(command)
}

#[tokio::test(flavor = "multi_thread")]
async fn ib_async_sees_an_order_that_gatehouse_placed() {
    let mut house = House::ready().await;
    let Some(mut watch) = stranger(&house, &["watch-open-order", "--ref", "seen-by-a-stranger"])
    else {
        return;
    };
    let con_id = house.choose("AAPL").await;
    let account = house.page.account_of("Roth IRA").unwrap().id.clone();
    let bid = house.page.quotes[&con_id].bid.value.unwrap();
    let price = (bid * Decimal::new(97, 2)).round_dp(2);
    house
        .send(limit(
            "seen-by-a-stranger",
            &account,
            con_id,
            Side::Buy,
            "3",
            &price.to_string(),
        ))
        .await;
    let output = tokio::task::spawn_blocking(move || watch.output())
        .await
        .expect("the stranger's thread")
        .expect("the stranger runs");
    assert!(output.status.success(), "{output:?}");
    let text = String::from_utf8(output.stdout).expect("text");
    let line = text
        .lines()
        .find(|l| l.starts_with('{'))
        .expect("a line of JSON");
    let seen: serde_json::Value = serde_json::from_str(line).expect("JSON");
    assert_eq!(seen["account"], account);
    assert_eq!(seen["symbol"], "AAPL");
    assert_eq!(seen["side"], "BUY");
    let number = |name: &str| seen[name].as_f64().expect("a number").to_string();
    assert_eq!(number("qty").parse::<Decimal>().unwrap(), Decimal::from(3));
    assert_eq!(number("limit").parse::<Decimal>().unwrap(), price);
}

#[tokio::test(flavor = "multi_thread")]
async fn gatehouse_shows_an_order_that_ib_async_placed_as_made_elsewhere() {
    let mut house = House::ready().await;
    house.choose("MSFT").await;
    let account = house.page.account_of("Individual").unwrap().id.clone();
    let args = [
        "place",
        "--account",
        &account,
        "--symbol",
        "MSFT",
        "--side",
        "BUY",
        "--qty",
        "2",
        "--limit",
        "100",
        "--ref",
        "from-a-stranger",
    ];
    let Some(mut place) = stranger(&house, &args) else {
        return;
    };
    let mut running = place.spawn().expect("the stranger runs");
    house
        .until("the stranger's order is shown", |p| {
            p.orders.values().any(|o| {
                o.instrument.symbol == "MSFT"
                    && o.made_elsewhere.is_some()
                    && o.state == OrderStateView::Working
                    && o.limit_price == Some(Decimal::ONE_HUNDRED)
            })
        })
        .await;
    let order = house.page.orders.values().next().unwrap();
    assert!(!order.can_cancel);
    assert_eq!(order.account, account);
    drop(running.stdin.take());
    let ended = tokio::task::spawn_blocking(move || running.wait());
    ended
        .await
        .expect("the stranger's thread")
        .expect("the stranger ends");
}
