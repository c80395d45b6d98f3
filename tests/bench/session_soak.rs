//! Hours of a gateway's time in minutes, with restarts and losses of IBKR, under one desk: memory
//! stays flat and no task is left over. Runs for as long as it is told; no part of
//! `cargo xtask bench`.

use crate::rig::Rig;
use crate::{Failure, processes, sample};
use clap::Args;
use gatehouse_desk::port::Clock;
use gatehouse_desk::port::clock::SystemClock;
use gatehouse_e2e::Page;
use gatehouse_sim::server::{Action, Sim, SimConfig};
use gatehouse_sim::world::Scenario;
use std::fs;
use std::path::PathBuf;
use std::time::{Duration, Instant};

#[derive(Debug, Args)]
pub struct SessionSoak {
    /// A folder on the disk that journals lie on
    #[arg(long)]
    folder: PathBuf,
    /// Simulated hours
    #[arg(long, default_value_t = 8.0)]
    hours: f64,
    /// Simulated seconds for each real one
    #[arg(long, default_value_t = 240.0)]
    speed: f64,
}

/// So many parts the time is cut in; each ends with a restart of the gateway.
const PARTS: u32 = 16;
/// How much more memory the last third may need than the second.
const FLAT: f64 = 1.05;

/// Samples `rss_mb` and `tasks` after each part; fails when memory grows or tasks are left.
pub fn take(options: &SessionSoak) -> Result<(), Failure> {
    fs::create_dir_all(&options.folder)?;
    let runtime = tokio::runtime::Runtime::new()?;
    let part = Duration::from_secs_f64(options.hours * 3600.0 / options.speed / f64::from(PARTS));
    runtime.block_on(async {
        let scenario = Scenario::three_accounts(7).starting_at(SystemClock.now().0);
        let config = SimConfig {
            speed: options.speed,
            ..SimConfig::new(scenario)
        };
        let mut gateway = Sim::start(config).await?;
        let tasks = || {
            tokio::runtime::Handle::current()
                .metrics()
                .num_alive_tasks()
        };
        let mut rig = Rig::ready(gateway.addr(), &options.folder, |events| events).await?;
        let (mut memory, mut alive) = (Vec::new(), Vec::new());
        for number in 0..PARTS {
            let ends = Instant::now() + part;
            while Instant::now() < ends {
                // The page is read, as a window reads it.
                rig.settle(Duration::from_millis(200)).await;
            }
            if number % 4 == 3 {
                let data_lost = number % 8 == 7;
                gateway.act(Action::LoseUpstream {}).await?;
                rig.until("IBKR is gone", |page| !page.is_up()).await?;
                gateway.act(Action::RestoreUpstream { data_lost }).await?;
                rig.until("IBKR is back", Page::is_up).await?;
            }
            gateway.stop().await;
            rig.until("the loss is told", |page| !page.is_up()).await?;
            gateway.resume().await?;
            rig.until("the link is up again", Page::is_up).await?;
            rig.settle(Duration::from_secs(2)).await;
            let rss = processes::memory(std::process::id())?.0 / 1e6;
            eprintln!("  part {number}: {rss:.1} MB, {} tasks", tasks());
            sample::print("rss_mb", rss);
            memory.push(rss);
            alive.push(tasks());
        }
        rig.stop().await;
        gateway.shutdown().await;
        let third = memory.len() / 3;
        let most = |part: &[f64]| part.iter().copied().fold(0.0, f64::max);
        let (middle, last) = (most(&memory[third..2 * third]), most(&memory[2 * third..]));
        if last > middle * FLAT {
            return Err(format!("memory grew from {middle:.1} to {last:.1} MB").into());
        }
        let (first, last) = (alive[third], alive[alive.len() - 1]);
        if last > first {
            return Err(format!("tasks grew from {first} to {last}").into());
        }
        Ok(())
    })
}
