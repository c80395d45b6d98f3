//! From the moment a gateway's port opens again to fresh positions.

use crate::Failure;
use crate::rig::Rig;
use crate::sample::{self, ms};
use gatehouse_desk::port::Clock;
use gatehouse_desk::port::clock::SystemClock;
use gatehouse_e2e::Page;
use gatehouse_sim::server::{Sim, SimConfig};
use gatehouse_sim::world::Scenario;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

/// The gateway is away this long, so that the waits between tries have grown.
const AWAY: Duration = Duration::from_secs(6);

/// Samples `reconnect` in milliseconds, with the waits that a person's program has.
pub fn take(folder: &Path, rounds: usize) -> Result<(), Failure> {
    fs::create_dir_all(folder)?;
    let runtime = tokio::runtime::Runtime::new()?;
    runtime.block_on(async {
        let scenario = Scenario::three_accounts(7).starting_at(SystemClock.now().0);
        let mut gateway = Sim::start(SimConfig::new(scenario)).await?;
        let mut rig = Rig::ready(gateway.addr(), folder, |events| events).await?;
        for _ in 0..rounds {
            gateway.stop().await;
            rig.until("the loss is told", |page| !page.is_up()).await?;
            tokio::time::sleep(AWAY).await;
            gateway.resume().await?;
            let opened = Instant::now();
            rig.until("positions and orders are fresh", Page::is_up)
                .await?;
            sample::print("reconnect", ms(opened.elapsed()));
        }
        rig.stop().await;
        gateway.shutdown().await;
        Ok(())
    })
}
