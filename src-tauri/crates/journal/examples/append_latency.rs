//! How long an append takes until it is on disk, beside a bare write and fsync of as many
//! bytes to a plain file in the same folder. The two take turns, so that both meet the same
//! noise. `cargo run --release --example append_latency -- [FOLDER] [COUNT]`

use gatehouse_desk::port::Store as _;
use gatehouse_desk::record::{Entry, Record};
use gatehouse_domain::id::{AccountId, IntentId};
use gatehouse_domain::instant::UnixMillis;
use gatehouse_journal::Journal;
use std::error::Error;
use std::io::Write as _;
use std::path::PathBuf;
use std::time::{Duration, Instant};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments
        .next()
        .map_or_else(std::env::temp_dir, PathBuf::from);
    let count: usize = arguments.next().map_or(Ok(2_000), |n| n.parse())?;
    let folder = folder.join(format!("append-latency-{}", std::process::id()));
    let journal = Journal::open(folder.join("journal.db")).await?;
    let mut plain = std::fs::File::create(folder.join("plain"))?;
    let record = Record {
        at: UnixMillis(1_780_000_000_000),
        account: Some(AccountId::new("DU1234567")?),
        intent: Some(IntentId::new("6f1c2b7e-0001")?),
        entry: Entry::OrderNotice {
            code: 399,
            text: "x".repeat(500),
        },
    };
    let bytes = serde_json::to_vec(&record)?;

    let (mut appends, mut syncs) = (Vec::new(), Vec::new());
    for _ in 0..count {
        let start = Instant::now();
        journal.append(std::slice::from_ref(&record)).await?;
        appends.push(start.elapsed());
        let start = Instant::now();
        plain.write_all(&bytes)?;
        plain.sync_data()?;
        syncs.push(start.elapsed());
    }
    journal.close().await;
    std::fs::remove_dir_all(&folder)?;

    println!("{count} times          p50         p99         max");
    print("append", &mut appends);
    print("write + fsync", &mut syncs);
    Ok(())
}

fn print(what: &str, times: &mut [Duration]) {
    times.sort_unstable();
    let at = |percent: usize| times.get(times.len() * percent / 100).copied();
    let shown = |time: Option<Duration>| format!("{:?}", time.unwrap_or_default());
    println!(
        "{what:<14} {:>11} {:>11} {:>11}",
        shown(at(50)),
        shown(at(99)),
        shown(times.last().copied())
    );
}
