//! The simulated gateway as a process of its own, so that its work is not counted as ours.

use crate::Failure;
use clap::Subcommand;
use gatehouse_desk::port::Clock;
use gatehouse_desk::port::clock::SystemClock;
use gatehouse_sim::control::Control;
use gatehouse_sim::server::{Sim, SimConfig};
use gatehouse_sim::world::{
    AccountId, ConId, Currency, Invented, OpeningAccount, OpeningPosition, Scenario, SecType, World,
};
use rust_decimal::Decimal;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Command, Stdio};

const SEED: u64 = 7;
const STOCKS: usize = 100;
/// What the control port asks for; it listens on this computer only, while a bench runs.
pub const TOKEN: &str = "bench";
/// How many accounts share the orders of the blotter.
pub const BLOTTER_ACCOUNTS: u32 = 25;
/// The client id of the window.
const WINDOW: i32 = 17;

#[derive(Debug, Clone, Copy, PartialEq, Subcommand)]
pub enum Kind {
    /// Three accounts, as in the demo
    Ordinary,
    /// The same with the real limits on messages and lines, and a control port that counts them
    Limited,
    /// The same in a market that moves eight times as fast, so that orders fill at once
    Brisk,
    /// One account that holds whatever can be held, in a market that moves at every beat
    Wide,
    /// One account without positions; each market-data request is answered with so many ticks
    Flood { ticks: u64 },
    /// One account, in a market that moves twelve times a second
    Quick,
    /// The same in a market in which indices do
    Restless,
    /// Three accounts, and time that a control port moves
    Stepped,
    /// Some accounts, of whose orders the window hears whoever makes them
    Blotter,
    /// A thousand accounts with a hundred positions each
    Crowd,
    /// Three accounts in time that flies, with a control port
    Soak { speed: f64 },
}

impl Kind {
    fn arguments(self) -> Vec<String> {
        match self {
            Self::Ordinary => vec!["ordinary".into()],
            Self::Limited => vec!["limited".into()],
            Self::Brisk => vec!["brisk".into()],
            Self::Wide => vec!["wide".into()],
            Self::Flood { ticks } => vec!["flood".into(), ticks.to_string()],
            Self::Quick => vec!["quick".into()],
            Self::Restless => vec!["restless".into()],
            Self::Stepped => vec!["stepped".into()],
            Self::Blotter => vec!["blotter".into()],
            Self::Crowd => vec!["crowd".into()],
            Self::Soak { speed } => vec!["soak".into(), speed.to_string()],
        }
    }

    /// Whether its time is moved, or it is looked into, from outside.
    fn is_controlled(self) -> bool {
        matches!(self, Self::Limited | Self::Stepped | Self::Soak { .. })
    }

    fn config(self) -> SimConfig {
        let now = SystemClock.now().0;
        match self {
            Self::Ordinary => SimConfig::new(Scenario::three_accounts(SEED).starting_at(now)),
            Self::Limited => SimConfig {
                pacing: true,
                ..Self::Ordinary.config()
            },
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
            Self::Quick => SimConfig {
                // Prices move four times a second; the page is told ten times a second.
                speed: 3.0,
                ..SimConfig::new(Scenario::single(SEED).starting_at(now))
            },
            Self::Restless => SimConfig {
                // An index moves once a second, and its options with it; the page is told ten
                // times a second.
                speed: 24.0,
                ..SimConfig::new(Scenario::single(SEED).starting_at(now))
            },
            Self::Stepped => SimConfig {
                stepped: true,
                ..SimConfig::new(with_enough_stocks(Scenario::three_accounts(SEED)))
            },
            Self::Blotter => SimConfig {
                master_client: WINDOW,
                ..SimConfig::new(accounts(now, BLOTTER_ACCOUNTS, 1))
            },
            Self::Crowd => SimConfig::new(crowd(now)),
            Self::Soak { speed } => SimConfig {
                speed,
                ..SimConfig::new(with_enough_stocks(
                    Scenario::three_accounts(SEED).starting_at(now),
                ))
            },
        }
    }
}

/// The name of the account with this number in the crowd.
pub fn account(number: u32) -> String {
    format!("DU{}", 5_000_000 + number)
}

/// The conIds of the hundred stocks that are held and watched.
pub fn stocks() -> Vec<i32> {
    let world = World::new(&with_enough_stocks(Scenario::single(SEED)));
    let all = conids_of_stocks(&world);
    all.into_iter().take(STOCKS).collect()
}

fn conids_of_stocks(world: &World) -> Vec<i32> {
    let listed = world.instruments().iter();
    listed
        .filter(|one| {
            one.sec_type == SecType::Stock && one.currency == Currency::Usd && !one.is_mlp
        })
        .map(|one| one.con_id.get())
        .collect()
}

/// The scenario with as many invented stocks as are missing.
fn with_enough_stocks(scenario: Scenario) -> Scenario {
    let there = conids_of_stocks(&World::new(&scenario)).len();
    let invented = (there..STOCKS)
        .map(|number| Invented {
            symbol: format!("BENCH{number}"),
            name: format!("Bench stock {number}"),
            kind: gatehouse_sim::world::Kind::Stock,
            exchange: "NYSE".to_owned(),
            currency: Currency::Usd,
            price: 100_000_000,
            volatility: 30,
            tick: 10_000,
            lot: 1,
            in_hong_kong: false,
        })
        .collect();
    Scenario {
        invented,
        ..scenario
    }
}

fn crowd(now: i64) -> Scenario {
    accounts(now, 1_000, STOCKS)
}

/// So many accounts, each of which holds so many stocks.
fn accounts(now: i64, count: u32, stocks_each: usize) -> Scenario {
    let held: Vec<OpeningPosition> = stocks()
        .into_iter()
        .take(stocks_each)
        .map(|con_id| OpeningPosition {
            con_id: ConId::new(con_id),
            quantity: Decimal::TEN,
            average_cost: Decimal::ONE_HUNDRED,
        })
        .collect();
    let mut scenario = with_enough_stocks(Scenario::single(SEED).starting_at(now));
    let first = scenario.accounts.first().cloned();
    scenario.accounts = first
        .iter()
        .flat_map(|first| {
            (0..count).map(|number| OpeningAccount {
                id: AccountId::new(account(number)),
                positions: held.clone(),
                ..first.clone()
            })
        })
        .collect();
    scenario
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
        let control = if kind.is_controlled() {
            let control = Control::open(0, TOKEN.to_owned(), sim.lever()).await?;
            println!("control on {}", control.addr());
            Some(control)
        } else {
            None
        };
        println!("listening on {}", sim.addr());
        std::io::stdout().flush()?;
        std::future::pending::<()>().await;
        drop(control);
        Ok(())
    })
}

/// A running gateway; ends when dropped.
#[derive(Debug)]
pub struct Gateway {
    child: Child,
    port: u16,
    control: Option<u16>,
}

impl Gateway {
    pub fn start(kind: Kind) -> Result<Self, Failure> {
        let mut child = Command::new(std::env::current_exe()?)
            .arg("gateway")
            .args(kind.arguments())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()?;
        let mut output = child.stdout.take().map(BufReader::new);
        let mut said = || {
            let mut line = String::new();
            output.as_mut()?.read_line(&mut line).ok()?;
            line.trim().rsplit_once(':')?.1.parse().ok()
        };
        let control = if kind.is_controlled() { said() } else { None };
        match said() {
            Some(port) => Ok(Self {
                child,
                port,
                control,
            }),
            None => {
                child.kill()?;
                child.wait()?;
                Err("the simulated gateway did not start".into())
            }
        }
    }

    /// The process's number.
    pub fn process(&self) -> u32 {
        self.child.id()
    }

    pub fn control_port(&self) -> Option<u16> {
        self.control
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
