//! Days of simulated time at high speed under several clients with random orders: memory stays
//! flat. Runs for as long as it is told; no part of `cargo xtask bench`.

use super::LINES;
use super::client::{Client, Order};
use crate::control::Control;
use crate::gateway::{Gateway, Kind, stocks};
use crate::{Failure, processes, sample};
use clap::Args;
use rand::rngs::SmallRng;
use rand::{Rng, SeedableRng};
use std::time::{Duration, Instant};

#[derive(Debug, Args)]
pub struct Soak {
    /// Wall-clock minutes
    #[arg(long, default_value_t = 60.0)]
    minutes: f64,
    /// Simulated seconds for each real one
    #[arg(long, default_value_t = 600.0)]
    speed: f64,
    /// Seed of the order flow
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

const CLIENTS: u32 = 4;
/// Requests of each client in a second.
const PER_SECOND: f64 = 10.0;
const LOOK: Duration = Duration::from_secs(10);
/// How much more memory the last third may need than the second.
const FLAT: f64 = 1.05;

/// Prints resident memory as it goes, samples `rss_mb`, and fails when memory grows.
pub fn soak(options: &Soak) -> Result<(), Failure> {
    let runtime = tokio::runtime::Runtime::new()?;
    runtime.block_on(async {
        let gateway = Gateway::start(Kind::Soak {
            speed: options.speed,
        })?;
        let mut control = Control::open(&gateway).await?;
        let mut clients = Vec::new();
        for number in 1..=CLIENTS {
            let random = SmallRng::seed_from_u64(options.seed + u64::from(number));
            clients.push(tokio::spawn(live(gateway.port(), number, random)));
        }
        let begun = Instant::now();
        let mut looks = Vec::new();
        while begun.elapsed().as_secs_f64() < options.minutes * 60.0 {
            tokio::time::sleep(LOOK).await;
            if let Some(ended) = clients.iter().position(tokio::task::JoinHandle::is_finished) {
                return match clients.swap_remove(ended).await? {
                    Ok(()) => Err("a client left".into()),
                    Err(reason) => Err(reason.into()),
                };
            }
            let rss = processes::memory(gateway.process())?.0 / 1e6;
            let state = control.say("{\"do\":\"status\"}").await?;
            let state: serde_json::Value = serde_json::from_str(&state)?;
            let state = &state["state"];
            eprintln!(
                "  {:>6.0} s: {rss:>6.1} MB, simulated {}, {} orders open, {} completed, {} requests",
                begun.elapsed().as_secs_f64(),
                state["time"],
                state["open-orders"],
                state["completed-orders"],
                state["requests"]
            );
            sample::print("rss_mb", rss);
            looks.push(rss);
        }
        let most = |from: usize, to: usize| {
            let part = looks.get(from..to).unwrap_or_default();
            part.iter().copied().fold(0.0, f64::max)
        };
        let third = looks.len() / 3;
        let (middle, last) = (most(third, 2 * third), most(2 * third, looks.len()));
        if third > 0 && last > middle * FLAT {
            return Err(format!("memory grew from {middle:.1} to {last:.1} MB").into());
        }
        Ok(())
    })
}

/// One client: subscribes to all it can, then places, changes and cancels orders, and now and then
/// drops its connection and comes back.
async fn live(port: u16, number: u32, mut random: SmallRng) -> Result<(), String> {
    loop {
        visit(port, number, &mut random)
            .await
            .map_err(|failure| failure.to_string())?;
    }
}

async fn visit(port: u16, number: u32, random: &mut SmallRng) -> Result<(), Failure> {
    let stocks = stocks();
    let mut client = Client::connect(port, number).await?;
    for line in 0..LINES {
        client
            .subscribe(line + 1, stocks[line % stocks.len()])
            .await?;
    }
    for request in [
        &["61", "1"][..],
        &["5", "1"],
        &["99", "0"],
        &["6", "2", "1", "DU4000001"],
        &["7", "3", "1", "0", "", "", "", "", "", ""],
        &[
            "62",
            "1",
            "2",
            "All",
            "NetLiquidation,TotalCashValue,BuyingPower",
        ],
        &["92", "900", "DU4000003", ""],
    ] {
        client.send(request).await?;
    }
    let mut id = first_free_id(&mut client).await?;
    let visits_until = Instant::now() + Duration::from_secs(random.random_range(20..90));
    let pause = Duration::from_secs_f64(1.0 / PER_SECOND);
    let mut next = Instant::now();
    while Instant::now() < visits_until {
        // Whatever comes meanwhile is read, so that the gateway never waits for this client.
        let wait = next.saturating_duration_since(Instant::now());
        if !wait.is_zero() {
            if let Ok(read) = tokio::time::timeout(wait, client.frame(|_| ())).await {
                read?;
            }
            continue;
        }
        next += pause;
        match random.random_range(0..10) {
            0 => cancel(&mut client, random.random_range(id.saturating_sub(20)..=id)).await?,
            1 => {
                client
                    .send(&["7", "3", "1", "0", "", "", "", "", "", ""])
                    .await?
            }
            2 => client.send(&["99", "0"]).await?,
            _ => {
                id += 1;
                place(&mut client, id, &stocks, random).await?;
            }
        }
    }
    Ok(())
}

async fn place(
    client: &mut Client,
    id: i32,
    stocks: &[i32],
    random: &mut SmallRng,
) -> Result<(), Failure> {
    let accounts = ["DU4000001", "DU4000003"];
    let order = Order {
        // One in five changes the order before, or is refused because that is over.
        id: if random.random_range(0..5) == 0 {
            id - 1
        } else {
            id
        },
        account: accounts[random.random_range(0..accounts.len())],
        con_id: stocks[random.random_range(0..stocks.len().min(12))],
        side: if random.random() { "BUY" } else { "SELL" },
        quantity: random.random_range(1..5),
        price: ["", "1.00", "5000.00"][random.random_range(0..3)],
    };
    client.place(&order).await
}

async fn cancel(client: &mut Client, id: i32) -> Result<(), Failure> {
    client.send(&["4", "1", &id.to_string(), ""]).await
}

/// Asks for ids and reads up to the answer.
async fn first_free_id(client: &mut Client) -> Result<i32, Failure> {
    client.send(&["8", "1", "1"]).await?;
    let mut id = None;
    client
        .until(|content| {
            if let Some(rest) = content.strip_prefix(b"9\x001\0") {
                id = std::str::from_utf8(rest)
                    .ok()
                    .and_then(|text| text.trim_end_matches('\0').parse().ok());
            }
            id.is_some()
        })
        .await?;
    id.ok_or_else(|| "no order id was told".into())
}
