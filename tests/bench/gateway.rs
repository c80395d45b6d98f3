//! The simulated gateway as a process of its own, so that its work is not counted as ours.

use crate::Failure;
use clap::Subcommand;
use gatehouse_desk::port::Clock;
use gatehouse_desk::port::clock::SystemClock;
use gatehouse_sim::server::{Sim, SimConfig};
use gatehouse_sim::world::{OpeningPosition, Scenario, SecType, World};
use rust_decimal::Decimal;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Command, Stdio};

const SEED: u64 = 7;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Subcommand)]
pub enum Kind {
    /// Three accounts, as in the demo
    Ordinary,
    /// The same in a market that moves eight times as fast, so that orders fill at once
    Brisk,
    /// One account that holds whatever can be held, in a market that moves at every beat
    Wide,
    /// One account without positions; each market-data request is answered with so many ticks
    Flood { ticks: u64 },
}

impl Kind {
    fn arguments(self) -> Vec<String> {
        match self {
            Self::Ordinary => vec!["ordinary".into()],
            Self::Brisk => vec!["brisk".into()],
            Self::Wide => vec!["wide".into()],
            Self::Flood { ticks } => vec!["flood".into(), ticks.to_string()],
        }
    }

    fn config(self) -> SimConfig {
        let now = SystemClock.now().0;
        match self {
            Self::Ordinary => SimConfig::new(Scenario::three_accounts(SEED).starting_at(now)),
            Self::Brisk => SimConfig {
                speed: 8.0,
                ..Self::Ordinary.config()
            },
            Self::Wide => SimConfig {
                // Stocks move four times a second; the page is told ten times a second.
                speed: 4.0,
                ..SimConfig::new(wide(now))
            },
            Self::Flood { ticks } => {
                let mut scenario = Scenario::single(SEED).starting_at(now);
                for account in &mut scenario.accounts {
                    account.positions.clear();
                }
                SimConfig {
                    flood: Some(ticks),
                    ..SimConfig::new(scenario)
                }
            }
        }
    }
}

fn wide(now: i64) -> Scenario {
    let mut scenario = Scenario::single(SEED).starting_at(now);
    let world = World::new(&scenario);
    let held: Vec<OpeningPosition> = world
        .instruments()
        .iter()
        .filter(|listed| listed.sec_type != SecType::Index)
        .map(|listed| OpeningPosition {
            con_id: listed.con_id,
            quantity: Decimal::ONE_HUNDRED,
            average_cost: world
                .quote(listed.con_id)
                .and_then(|quote| quote.prev_close)
                .unwrap_or(Decimal::ONE_HUNDRED),
        })
        .collect();
    for account in &mut scenario.accounts {
        account.positions.clone_from(&held);
    }
    scenario
}

/// Serves until killed.
pub fn serve(kind: &Kind) -> Result<(), Failure> {
    let runtime = tokio::runtime::Runtime::new()?;
    runtime.block_on(async {
        let sim = Sim::start(kind.config()).await?;
        println!("listening on {}", sim.addr());
        std::io::stdout().flush()?;
        std::future::pending::<()>().await;
        Ok(())
    })
}

/// A running gateway; ends when dropped.
#[derive(Debug)]
pub struct Gateway {
    child: Child,
    port: u16,
}

impl Gateway {
    pub fn start(kind: Kind) -> Result<Self, Failure> {
        let mut child = Command::new(std::env::current_exe()?)
            .arg("gateway")
            .args(kind.arguments())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()?;
        let mut line = String::new();
        if let Some(output) = child.stdout.as_mut() {
            BufReader::new(output).read_line(&mut line)?;
        }
        let port = line
            .trim()
            .rsplit_once(':')
            .and_then(|(_, port)| port.parse().ok());
        match port {
            Some(port) => Ok(Self { child, port }),
            None => {
                child.kill()?;
                child.wait()?;
                Err("the simulated gateway did not start".into())
            }
        }
    }

    pub fn port(&self) -> u16 {
        self.port
    }
}

impl Drop for Gateway {
    fn drop(&mut self) {
        // Already gone is what we want.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
