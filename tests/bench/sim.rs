//! The simulated gateway itself, under loads that a test suite would put on it: many ticks, many
//! accounts, many orders. The gateway is a process of its own, whose time a control port moves.

pub mod client;
mod soak;

use crate::control::Control;
use crate::gateway::{Gateway, Kind};
use crate::{Failure, processes, sample};
use client::{Client, Order};
pub use soak::{Soak, soak};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

const TICKS: u64 = 1_000_000;
const CLIENTS: u32 = 100;
pub const LINES: usize = 100;
const ORDERS: i32 = 10_000;
/// Simulated milliseconds that pass at once.
const STEP_MS: u32 = 1_000;

/// Samples `ticks_per_s`, `ticks_of_100_per_s`, `connect_ms`, `open_orders_ms` and `rss_mb`.
pub fn take(rounds: usize) -> Result<(), Failure> {
    let runtime = tokio::runtime::Runtime::new()?;
    runtime.block_on(async {
        for _ in 0..rounds {
            sample::print("ticks_per_s", ticks(1).await?);
            sample::print("ticks_of_100_per_s", ticks(CLIENTS).await?);
            crowd().await?;
        }
        Ok(())
    })
}

/// Ticks a second that come to so many clients with a hundred lines each, while simulated time
/// passes as fast as the gateway lets it.
async fn ticks(clients: u32) -> Result<f64, Failure> {
    let gateway = Gateway::start(Kind::Stepped)?;
    let mut control = Control::open(&gateway).await?;
    let seen = Arc::new(AtomicU64::new(0));
    let stocks = crate::gateway::stocks();
    let mut readers = Vec::new();
    for number in 1..=clients {
        let mut client = Client::connect(gateway.port(), number).await?;
        for line in 0..LINES {
            let con_id = stocks.get(line % stocks.len().max(1)).ok_or("no stocks")?;
            client.subscribe(line + 1, *con_id).await?;
        }
        let last = format!("58\x001\0{LINES}\0").into_bytes();
        client.until(|content| content.starts_with(&last)).await?;
        let seen = Arc::clone(&seen);
        readers.push(tokio::spawn(async move {
            let is_tick = |content: &[u8]| {
                matches!(content, [b'1' | b'2', 0, ..] | [b'4', b'5' | b'6', 0, ..])
            };
            while let Ok(tick) = client.frame(is_tick).await {
                seen.fetch_add(u64::from(tick), Ordering::Relaxed);
            }
        }));
    }
    seen.store(0, Ordering::Relaxed);
    let begun = Instant::now();
    while seen.load(Ordering::Relaxed) < TICKS {
        control.step(STEP_MS).await?;
    }
    let took = begun.elapsed();
    let seen = seen.load(Ordering::Relaxed);
    readers.iter().for_each(tokio::task::JoinHandle::abort);
    Ok(seen as f64 / took.as_secs_f64())
}

/// A thousand accounts with a hundred positions each: a client connects and reads all of it, then
/// ten thousand orders are placed and listed.
async fn crowd() -> Result<(), Failure> {
    let gateway = Gateway::start(Kind::Crowd)?;
    let begun = Instant::now();
    let mut client = Client::connect(gateway.port(), 1).await?;
    for request in [
        &["61", "1"][..],
        &["5", "1"],
        &["99", "0"],
        &["6", "2", "1", ""],
        &["7", "3", "1", "0", "", "", "", "", "", ""],
        &[
            "62",
            "1",
            "2",
            "All",
            "NetLiquidation,TotalCashValue,BuyingPower",
        ],
    ] {
        client.send(request).await?;
    }
    let mut positions = 0;
    client
        .until(|content| {
            positions += u64::from(content.starts_with(b"61\0"));
            content.starts_with(b"64\0")
        })
        .await?;
    sample::print("connect_ms", sample::ms(begun.elapsed()));
    if positions != 100_000 {
        return Err(format!("{positions} positions were told").into());
    }
    client.send(&["63", "1", "2"]).await?;

    let stocks = crate::gateway::stocks();
    let begun = Instant::now();
    let mut answered = 0;
    for id in 1..=ORDERS {
        let account = crate::gateway::account(id.unsigned_abs() % 1_000);
        let con_id = *stocks
            .get(usize::try_from(id / 1_000)? % stocks.len().max(1))
            .ok_or("no stocks")?;
        let order = Order {
            id,
            account: &account,
            con_id,
            side: "BUY",
            quantity: 1,
            price: "1.00",
        };
        client.place(&order).await?;
        // As a client does that waits until an order is acknowledged before it sends many more.
        while answered + 100 < id {
            answered += client.frame(acknowledged).await??;
        }
    }
    while answered < ORDERS {
        answered += client.frame(acknowledged).await??;
    }
    eprintln!("  placed after {:.0} ms", sample::ms(begun.elapsed()));
    client.send(&["16", "1"]).await?;
    let mut listed = 0;
    client
        .until(|content| {
            listed += i32::from(content.starts_with(b"5\0"));
            content.starts_with(b"53\0")
        })
        .await?;
    sample::print("open_orders_ms", sample::ms(begun.elapsed()));
    if listed < ORDERS {
        return Err(format!("{listed} orders were listed").into());
    }
    sample::print("rss_mb", processes::memory(gateway.process())?.0 / 1e6);
    Ok(())
}

/// 1 for the first status of an order; an error for a refusal.
pub fn acknowledged(content: &[u8]) -> Result<i32, Failure> {
    if content.starts_with(b"4\0") {
        let text = String::from_utf8_lossy(content).replace('\0', "|");
        if !text.contains("|-1|2") {
            return Err(format!("an order was refused: {text}").into());
        }
    }
    let pre_submitted =
        content.starts_with(b"3\0") && content.windows(14).any(|w| w == b"\0PreSubmitted\0");
    Ok(i32::from(pre_submitted))
}
