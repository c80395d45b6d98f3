//! The simulated gateway as a program: `gatehouse-sim --port 4002`.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use gatehouse_sim::server::{Faults, Sim, SimConfig};
use gatehouse_sim::world::Scenario;
use tracing_subscriber::EnvFilter;

/// A simulated IB Gateway on the loopback interface. Speaks the TWS wire
/// A simulated IB Gateway on the loopback interface. Speaks the TWS wire
/// protocol in every version from 157 to 226. No real market, no real money.
///
/// Prints "listening on 127.0.0.1:PORT" when clients may connect.
#[derive(Debug, Parser)]
#[command(version)]
struct Args {
    /// Loopback port; 0 picks a free one
    #[arg(long, default_value_t = 4002)]
    port: u16,
    /// Seed of the market: the same seed gives the same prices
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Simulated seconds for each real one
    #[arg(long, default_value_t = 1.0)]
    speed: f64,
    /// Which accounts and positions to begin with
    #[arg(long, default_value = "three-accounts")]
    scenario: String,
    /// When the simulated time begins, such as 2026-01-02T15:00:00Z [default: now]
    #[arg(long)]
    start: Option<jiff::Timestamp>,
    /// Keep accounts and orders here: read at the start, written at each change
    #[arg(long, value_name = "FILE")]
    state: Option<PathBuf>,
    /// The client id that also sees the orders of all others
    #[arg(long, value_name = "ID", default_value_t = 0)]
    master_client: i32,
    /// Refuse live market data, as a login without subscriptions
    #[arg(long)]
    delayed_only: bool,
    /// Answer each market-data request with N ticks as fast as possible, for measuring clients
    #[arg(long, value_name = "N")]
    flood: Option<u64>,
    /// Never answer the handshake
    #[arg(long)]
    silent: bool,
    /// Greet with this protocol version, whatever the client offers
    #[arg(long, value_name = "VERSION")]
    announce_version: Option<u16>,
    /// Never answer what-if orders
    #[arg(long)]
    mute_what_if: bool,
    /// Say more on stderr; twice for every request
    #[arg(short, long, action = clap::ArgAction::Count)]
    verbose: u8,
}

impl Args {
    fn config(self) -> Result<SimConfig, String> {
        let scenario = Scenario::by_name(&self.scenario, self.seed)
            .ok_or_else(|| format!("there is no scenario '{}'", self.scenario))?;
        let start = self.start.unwrap_or_else(jiff::Timestamp::now);
        Ok(SimConfig {
            port: self.port,
            speed: self.speed,
            master_client: self.master_client,
            live_data: !self.delayed_only,
            faults: Faults {
                silent_handshake: self.silent,
                announce_version: self.announce_version,
                mute_what_if: self.mute_what_if,
                ..Faults::default()
            },
            flood: self.flood,
            state_file: self.state,
            ..SimConfig::new(scenario.starting_at(start.as_millisecond()))
        })
    }
}

fn main() -> ExitCode {
    let args = Args::parse();
    let level = match args.verbose {
        0 => "warn",
        1 => "gatehouse_sim=debug,info",
        _ => "trace",
    };
    tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::new(level))
        .with_writer(std::io::stderr)
        .init();
    match run(args) {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("gatehouse-sim: {reason}");
            ExitCode::FAILURE
        }
    }
}

#[tokio::main]
async fn run(args: Args) -> Result<(), String> {
    let config = args.config()?;
    let sim = Sim::start(config)
        .await
        .map_err(|error| error.to_string())?;
    let ready = writeln!(std::io::stdout(), "listening on {}", sim.addr());
    ready
        .and_then(|()| std::io::stdout().flush())
        .map_err(|error| error.to_string())?;
    tokio::signal::ctrl_c()
        .await
        .map_err(|error| error.to_string())?;
    sim.shutdown().await;
    Ok(())
}
