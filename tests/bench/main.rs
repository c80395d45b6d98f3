//! The measuring half of `cargo xtask bench`: takes samples of the release build and prints
//! each as a line `sample NAME VALUE`.
//!
//! A figure and its yardstick are taken in turn, so that whatever else the machine does falls on
//! both. Deliberately not here: medians, percentiles and aims, which the developer command knows,
//! and anything that a program under measure would not do for a person.

mod blotter;
mod chain;
mod chain_frames;
mod chain_scroll;
mod confirm;
mod control;
mod frames;
mod gateway;
mod journal;
mod lives;
mod memory;
mod processes;
mod rebalance;
mod reconnect;
mod rig;
mod rules;
mod sample;
mod session_soak;
mod sim;
mod start;
mod ticks;
mod window;
mod wizard;

use clap::{Parser, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;

/// Why a measurement was not had, for a person.
type Failure = Box<dyn std::error::Error>;

#[derive(Debug, Parser)]
#[command(name = "gatehouse-bench")]
struct Cli {
    #[command(subcommand)]
    measure: Measure,
}

#[derive(Debug, Subcommand)]
enum Measure {
    /// Be a simulated gateway; the other measures start this one
    Gateway {
        #[command(subcommand)]
        kind: gateway::Kind,
    },
    /// From process start to the first portfolio painted, beside a bare window; needs a screen
    Start {
        #[arg(long)]
        app: PathBuf,
        #[arg(long)]
        bare: PathBuf,
        #[arg(long, default_value_t = 7)]
        rounds: usize,
    },
    /// Resident memory while the data moves; needs a screen
    Memory {
        #[arg(long)]
        app: PathBuf,
    },
    /// Frame times with sixty rows in view; needs a screen
    Frames {
        #[arg(long)]
        app: PathBuf,
        #[arg(long)]
        python: PathBuf,
    },
    /// Frame times of a blotter of thousands of orders that is scrolled while they change; needs
    /// a screen
    Blotter {
        #[arg(long)]
        app: PathBuf,
    },
    /// From the person's confirmation to the order's bytes, beside a bare write and fsync
    Confirm {
        /// A folder on the disk that journals lie on
        #[arg(long)]
        folder: PathBuf,
        #[arg(long, default_value_t = 300)]
        orders: usize,
    },
    /// An append to the journal until it is on disk, beside a bare write and flush; and how fast its
    /// chain is checked
    Journal {
        /// A folder on the disk that journals lie on
        #[arg(long)]
        folder: PathBuf,
        #[arg(long, default_value_t = 1_000)]
        appends: usize,
        #[arg(long, default_value_t = 5)]
        rounds: usize,
    },
    /// A plan for a thousand accounts with five hundred symbols
    Rebalance {
        #[arg(long, default_value_t = 5)]
        rounds: usize,
    },
    /// An option chain at a gateway with its limits, beside `ib_async`
    Chain {
        /// A folder on the disk that journals lie on
        #[arg(long)]
        folder: PathBuf,
        #[arg(long)]
        python: PathBuf,
        #[arg(long, default_value_t = 3)]
        rounds: usize,
    },
    /// Frame times of an option chain whose figures change at every beat; needs a screen
    ChainFrames {
        #[arg(long)]
        app: PathBuf,
        #[arg(long)]
        python: PathBuf,
    },
    /// Memory of the window while an option chain is scrolled; needs a screen
    ChainScroll {
        #[arg(long)]
        app: PathBuf,
        #[arg(long)]
        python: PathBuf,
        /// For how long, beside the warm-up
        #[arg(long, default_value_t = 60)]
        seconds: u64,
    },
    /// The simulated gateway itself: ticks, accounts, orders, memory
    Sim {
        #[arg(long, default_value_t = 3)]
        rounds: usize,
    },
    /// Orders' lives by the dice
    Lives {
        #[arg(long, default_value_t = 3)]
        rounds: usize,
    },
    /// From the moment a gateway's port opens again to fresh positions
    Reconnect {
        /// A folder on the disk that journals lie on
        #[arg(long)]
        folder: PathBuf,
        /// Not used here
        #[arg(long)]
        python: Option<PathBuf>,
        #[arg(long, default_value_t = 3)]
        rounds: usize,
    },
    /// Hours of a gateway's time with restarts under one desk: memory flat, no task left over
    SessionSoak(session_soak::SessionSoak),
    /// The wizard's whole check list
    Wizard {
        #[arg(long, default_value_t = 7)]
        rounds: usize,
    },
    /// Every rule asked about random orders of many accounts
    Rules {
        #[arg(long, default_value_t = 5)]
        rounds: usize,
    },
    /// Days of simulated time under load: its memory must stay flat
    Soak(sim::Soak),
    /// Ticks from the socket to the desk's quotes, beside a bare client and ib_async
    Ticks {
        /// A folder on the disk that journals lie on
        #[arg(long)]
        folder: PathBuf,
        #[arg(long)]
        python: PathBuf,
        #[arg(long, default_value_t = 5)]
        rounds: usize,
    },
}

fn main() -> ExitCode {
    let taken = match Cli::parse().measure {
        Measure::Gateway { kind } => gateway::serve(&kind),
        Measure::Start { app, bare, rounds } => start::take(&app, &bare, rounds),
        Measure::Memory { app } => memory::take(&app),
        Measure::Frames { app, python } => frames::take(&app, &python),
        Measure::Blotter { app } => blotter::take(&app),
        Measure::Sim { rounds } => sim::take(rounds),
        Measure::Lives { rounds } => lives::take(rounds),
        Measure::Reconnect { folder, rounds, .. } => reconnect::take(&folder, rounds),
        Measure::SessionSoak(options) => session_soak::take(&options),
        Measure::Wizard { rounds } => wizard::take(rounds),
        Measure::Rules { rounds } => rules::take(rounds),
        Measure::Soak(options) => sim::soak(&options),
        Measure::Chain {
            folder,
            python,
            rounds,
        } => chain::take(&folder, &python, rounds),
        Measure::Journal {
            folder,
            appends,
            rounds,
        } => journal::take(&folder, appends, rounds),
        Measure::Rebalance { rounds } => rebalance::take(rounds),
        Measure::ChainFrames { app, python } => chain_frames::take(&app, &python),
        Measure::ChainScroll {
            app,
            python,
            seconds,
        } => chain_scroll::take(&app, &python, seconds),
        Measure::Confirm { folder, orders } => confirm::take(&folder, orders),
        Measure::Ticks {
            folder,
            python,
            rounds,
        } => ticks::take(&folder, &python, rounds),
    };
    match taken {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("gatehouse-bench: {failure}");
            ExitCode::FAILURE
        }
    }
}
