//! The simulated gateway as a program: `gatehouse-sim --port 4002`.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;
use gatehouse_sim::control::{self, Control};
use gatehouse_sim::run::{self, Run};
use gatehouse_sim::server::{Sim, SimConfig, replay};
use tracing_subscriber::EnvFilter;

/// A simulated IB Gateway on the loopback interface.
///
/// Speaks the TWS wire protocol in every version from 157 to 226, so that any TWS API client
/// connects to it unchanged: ib_async, ib_insync, the official clients, ibapi for Rust. No real
/// market, no real money, no login.
///
/// Prints "listening on 127.0.0.1:PORT" on stdout when clients may connect, and with a control
/// port also "control on 127.0.0.1:PORT token TOKEN". Everything else goes to stderr. Ends on
/// Ctrl-C, or when it is killed.
#[derive(Debug, Parser)]
#[command(version, after_long_help = more_help())]
struct Args {
    /// Loopback port; 0 picks a free one
    #[arg(long, default_value_t = 4002)]
    port: u16,
    /// A name from the list below, or a scenario file (it ends in .toml)
    #[arg(long, value_name = "NAME|FILE", default_value = "three-accounts")]
    scenario: String,
    /// Seed of the market: the same seed gives the same prices [default: 1, or the file's]
    #[arg(long)]
    seed: Option<u64>,
    /// Simulated seconds for each real one [default: 1, or the file's]
    #[arg(long)]
    speed: Option<f64>,
    /// Time stands still and moves only by "step" and "jump" on the control port
    #[arg(long, conflicts_with = "speed")]
    stepped: bool,
    /// When the simulated time begins, such as 2026-01-02T15:00:00Z [default: now, or the scenario's]
    #[arg(long)]
    start: Option<jiff::Timestamp>,
    /// Opens the control port; 0 picks a free one
    #[arg(long, value_name = "PORT")]
    control: Option<u16>,
    /// What the control port asks for [default: a random one, which is printed]
    #[arg(
        long,
        value_name = "TOKEN",
        env = "GATEHOUSE_SIM_TOKEN",
        hide_env_values = true,
        requires = "control"
    )]
    control_token: Option<String>,
    /// Keep accounts and orders here: read at the start, written at each change
    #[arg(long, value_name = "FILE")]
    state: Option<PathBuf>,
    /// Write the run down here: everything that came, and every byte that was answered
    #[arg(long, value_name = "FILE", conflicts_with = "state")]
    record: Option<PathBuf>,
    /// Play a recording of this scenario again, say whether every byte is the same, and end
    #[arg(long, value_name = "FILE", conflicts_with_all = ["record", "state", "control"])]
    replay: Option<PathBuf>,
    /// The client id that also sees the orders of all others [default: 0, or the file's]
    #[arg(long, value_name = "ID")]
    master_client: Option<i32>,
    /// Refuse live market data, as a login without subscriptions
    #[arg(long)]
    delayed_only: bool,
    /// Refuse everything about orders with 321, as with "Read-Only API" ticked
    #[arg(long)]
    read_only: bool,
    /// Let clients ask as much and as fast as they like: no 100, 101, 162 or 322 for it
    #[arg(long)]
    no_pacing: bool,
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
    /// Say on stderr what each client does, in words; twice: each request in full
    #[arg(short, long, action = clap::ArgAction::Count)]
    verbose: u8,
}

fn more_help() -> String {
    let names: String = run::NAMES
        .iter()
        .map(|(name, what)| format!("  {name:<18} {what}\n"))
        .collect();
    format!("Scenarios:\n{names}\n{}", include_str!("help.txt"))
}

fn chosen(name: &str, seed: Option<u64>) -> Result<Run, String> {
    let is_file = Path::new(name)
        .extension()
        .is_some_and(|extension| extension == "toml");
    if !is_file {
        return run::by_name(name, seed.unwrap_or(1)).ok_or_else(|| {
            let names = run::NAMES.map(|(name, _)| name).join(", ");
            format!("there is no scenario '{name}'; there are {names}, and files ending in .toml")
        });
    }
    let text = std::fs::read_to_string(name).map_err(|error| format!("{name}: {error}"))?;
    let mut run = Run::from_toml(&text).map_err(|error| format!("{name}, {error}"))?;
    if let Some(seed) = seed {
        run.config.scenario.seed = seed;
    }
    Ok(run)
}

impl Args {
    fn config(&self) -> Result<SimConfig, String> {
        let Run {
            mut config,
            start_is_fixed,
        } = chosen(&self.scenario, self.seed)?;
        if let Some(start) = self.start {
            config.scenario.start = start.as_millisecond();
        } else if !start_is_fixed && !self.stepped && !config.stepped {
            config.scenario.start = jiff::Timestamp::now().as_millisecond();
        }
        config.port = self.port;
        config.speed = self.speed.unwrap_or(config.speed);
        config.stepped |= self.stepped;
        config.master_client = self.master_client.unwrap_or(config.master_client);
        config.live_data &= !self.delayed_only;
        config.pacing = !self.no_pacing;
        config.faults.read_only |= self.read_only;
        config.faults.silent_handshake |= self.silent;
        config.faults.announce_version = self.announce_version.or(config.faults.announce_version);
        config.faults.mute_what_if |= self.mute_what_if;
        config.flood = self.flood;
        config.state_file.clone_from(&self.state);
        config.record = self.record.clone().or(config.record);
        Ok(config)
    }
}

fn main() -> ExitCode {
    let args = Args::parse();
    let level = match args.verbose {
        0 => "warn",
        1 => "gatehouse_sim=info,warn",
        2 => "gatehouse_sim=trace,info",
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
    if config.stepped && args.control.is_none() && args.replay.is_none() {
        return Err("a clock that is stepped needs --control to be stepped by".to_owned());
    }
    let words = |error: std::io::Error| error.to_string();
    if let Some(path) = &args.replay {
        return played_again(path, config);
    }
    let sim = Sim::start(config).await.map_err(words)?;
    let mut ready = format!("listening on {}\n", sim.addr());
    let mut open = None;
    if let Some(port) = args.control {
        let token = args.control_token.unwrap_or_else(control::random_token);
        let control = Control::open(port, token.clone(), sim.lever())
            .await
            .map_err(words)?;
        ready.push_str(&format!("control on {} token {token}\n", control.addr()));
        open = Some(control);
    }
    let mut out = std::io::stdout();
    out.write_all(ready.as_bytes())
        .and_then(|()| out.flush())
        .map_err(words)?;
    tokio::signal::ctrl_c().await.map_err(words)?;
    drop(open);
    sim.shutdown().await;
    Ok(())
}

fn played_again(path: &Path, config: SimConfig) -> Result<(), String> {
    let named = |why: String| format!("{}: {why}", path.display());
    let recording = std::fs::read_to_string(path).map_err(|error| named(error.to_string()))?;
    let played = replay(config, &recording).map_err(named)?;
    match played.difference {
        None => {
            println!("{} lines, every byte the same", played.lines);
            Ok(())
        }
        Some((line, was, is)) => Err(named(format!(
            "line {line} comes out otherwise\nrecorded: {was}\nnow:      {is}"
        ))),
    }
}
