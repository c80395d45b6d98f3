//! Frame times of the blotter with thousands of orders, scrolled without a pause while a hundred of
//! them change each second.

use crate::gateway::{self, BLOTTER_ACCOUNTS, Gateway, Kind};
use crate::sim::acknowledged;
use crate::sim::client::{Client, Order};
use crate::window::Window;
use crate::{Failure, sample};
use std::path::Path;
use std::time::Duration;

const ORDERS: i32 = 5_000;
/// How many one account may have of one stock and side.
const APIECE: i32 = 20;
/// Between two changes of an order.
const BETWEEN: Duration = Duration::from_millis(10);
/// Reports that count, after one in which the page was still being filled.
const REPORTS: usize = 3;

/// Samples `frame_ms` and `bare_ms` (95th percentile of a frame's time, of the blotter and of
/// plain copies of its rows) and `gap_ms`, one of each for every report of the page.
pub fn take(app: &Path) -> Result<(), Failure> {
    let gateway = Gateway::start(Kind::Blotter)?;
    let runtime = tokio::runtime::Runtime::new()?;
    let stocks = gateway::stocks();
    let mut maker = runtime.block_on(make(gateway.port(), &stocks))?;
    let changes = runtime.spawn(async move {
        let mut number = 0;
        // Ends with the gateway.
        while change(&mut maker, &stocks, number).await.is_ok() {
            number += 1;
        }
    });
    let window = Window::open_screen(app, gateway.port(), "orders")?;
    let mut reports = 0;
    window.frames()?;
    while reports < REPORTS {
        let frames = window.frames()?;
        if i64::from(frames.orders) < i64::from(ORDERS) {
            return Err(format!("only {} orders are in the blotter", frames.orders).into());
        }
        let bare = frames.bare_p95.ok_or("nothing was measured beside it")?;
        eprintln!(
            "  {} frames, {} of {} orders in view: a frame took {} ms (median) and {} ms (95 %), with plain rows {bare} ms (95 %); {} ms between frames (95 %)",
            frames.count, frames.rows, frames.orders, frames.p50, frames.p95, frames.gap_p95
        );
        sample::print("frame_ms", frames.p95);
        sample::print("bare_ms", bare);
        sample::print("gap_ms", frames.gap_p95);
        reports += 1;
    }
    if changes.is_finished() {
        return Err("the orders stopped changing".into());
    }
    changes.abort();
    Ok(())
}

/// Places all orders, as another program of the same login would.
async fn make(port: u16, stocks: &[i32]) -> Result<Client, Failure> {
    let mut maker = Client::connect(port, 5).await?;
    let mut answered = 0;
    for number in 0..ORDERS {
        place(&mut maker, stocks, number, "1.00").await?;
        while answered + 100 <= number {
            answered += maker.frame(acknowledged).await??;
        }
    }
    while answered < ORDERS {
        answered += maker.frame(acknowledged).await??;
    }
    Ok(maker)
}

/// Changes the price of one order after the other, and reads what is said of it.
async fn change(maker: &mut Client, stocks: &[i32], number: i32) -> Result<(), Failure> {
    let price = format!("1.{:02}", 1 + number / ORDERS % 50);
    place(maker, stocks, number * 37 % ORDERS, &price).await?;
    maker.frame(acknowledged).await??;
    tokio::time::sleep(BETWEEN).await;
    Ok(())
}

async fn place(
    maker: &mut Client,
    stocks: &[i32],
    number: i32,
    price: &str,
) -> Result<(), Failure> {
    let line = usize::try_from(number / APIECE)?;
    let account = gateway::account(u32::try_from(line)? % BLOTTER_ACCOUNTS);
    let con_id = *stocks
        .get(line / usize::try_from(BLOTTER_ACCOUNTS)?)
        .ok_or("too few stocks")?;
    maker
        .place(&Order {
            id: number + 1,
            account: &account,
            con_id,
            side: "BUY",
            quantity: 1,
            price,
        })
        .await
}
