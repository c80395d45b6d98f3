//! Hours of a gateway's time in minutes, with restarts, losses of IBKR and trades, under one desk:
//! its memory stays flat and no task is left over. The gateway is a process of its own, so that
//! what is measured is ours: adapter, desk, journal, and a page that is read. Runs for as long as it
//! is told; no part of `cargo xtask bench`.
//!
//! Each stream of a session keeps its last 4096 frames, read or not (see `TwsConfig`), so a session
//! grows until they are full and gives all of that back at its end. Sessions of the same length are
//! compared, each by the most that it took.

mod allocator;
mod day;
mod verdict;

use crate::control::Control;
use crate::gateway::{Gateway, Kind};
use crate::rig::Rig;
use crate::{Failure, processes, sample};
use clap::Args;
use day::Day;
use gatehouse_desk::engine::ConnectionTerms;
use gatehouse_desk::port::Clock;
use gatehouse_desk::port::clock::SystemClock;
use gatehouse_domain::restart::NightlyRestart;
use gatehouse_e2e::Page;
use serde_json::Value;
use std::fs;
use std::path::PathBuf;
use std::time::{Duration, Instant};
use verdict::Look;

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
    /// Simulated hours between two restarts of the gateway
    #[arg(long, default_value_t = 0.5)]
    session: f64,
    /// Orders in a simulated hour
    #[arg(long, default_value_t = 4.0)]
    orders: f64,
}

/// Sessions that are needed to tell growth from chance.
const LEAST: usize = 12;
/// What comes after a restart is over by then.
const SETTLED: Duration = Duration::from_secs(2);

/// Samples `rss_mb` and `tasks` for each session; fails when memory grows or tasks are left.
pub fn take(options: &SessionSoak) -> Result<(), Failure> {
    if !allocator::gives_back() {
        return allocator::again_giving_back();
    }
    fs::create_dir_all(&options.folder)?;
    let runtime = tokio::runtime::Runtime::new()?;
    runtime.block_on(soak(options))
}

async fn soak(options: &SessionSoak) -> Result<(), Failure> {
    let speed = options.speed;
    let gateway = Gateway::start(Kind::Soak { speed })?;
    let mut control = Control::open(&gateway).await?;
    let address = ([127, 0, 0, 1], gateway.port()).into();
    let mut rig = Rig::ready(address, &options.folder, |events| events).await?;
    let mut day = Day::begin(&mut rig, options.orders * speed / 3600.0).await?;
    let begun = time(&mut control).await?;
    let session = Duration::from_secs_f64(options.session * 3600.0 / speed);
    let mut looks: Vec<Look> = Vec::new();
    while looks.len() < LEAST || looks.last().is_none_or(|look| look.hours < options.hours) {
        let number = looks.len();
        rig.settle(SETTLED).await;
        let most = day.until(&mut rig, Instant::now() + session).await?;
        let look = Look {
            hours: (time(&mut control).await? - begun) as f64 / 3_600_000.0,
            rss: most / 1e6,
            tasks: tokio::runtime::Handle::current()
                .metrics()
                .num_alive_tasks(),
            positions: rig.page.positions.len(),
            orders: day.sent(),
        };
        let theirs = processes::memory(gateway.process())?.0 / 1e6;
        eprintln!("  {look}; the gateway {theirs:.1} MB");
        sample::print("rss_mb", look.rss);
        sample::print("tasks", look.tasks as f64);
        looks.push(look);
        if number % 4 == 3 {
            lose_upstream(&mut rig, &mut control, number % 8 == 7).await?;
        }
        restart(&mut rig, &mut control, number % 2 == 1).await?;
    }
    rig.stop().await;
    verdict::of(&looks)
}

/// The gateway's time, unix ms.
async fn time(control: &mut Control) -> Result<i64, Failure> {
    let state = control.say(r#"{"do":"status"}"#).await?;
    let state: Value = serde_json::from_str(&state)?;
    let time = state["state"]["time"].as_i64();
    time.ok_or_else(|| "the gateway told no time".into())
}

async fn lose_upstream(
    rig: &mut Rig,
    control: &mut Control,
    data_lost: bool,
) -> Result<(), Failure> {
    control.say(r#"{"do":"lose-upstream"}"#).await?;
    rig.until("IBKR is gone", |page| !page.is_up()).await?;
    let back = format!("{{\"do\":\"restore-upstream\",\"data-lost\":{data_lost}}}");
    control.say(&back).await?;
    rig.until("IBKR is back", Page::is_up).await
}

/// The gateway goes and comes back; an expected restart is told as one.
async fn restart(rig: &mut Rig, control: &mut Control, expected: bool) -> Result<(), Failure> {
    let terms = ConnectionTerms {
        restart: expected.then(now_nightly).transpose()?,
        ..ConnectionTerms::default()
    };
    rig.desk.take_terms(terms).await?;
    control.say(r#"{"do":"close-port"}"#).await?;
    rig.until("the loss is told", |page| {
        let link = page.link.as_ref();
        !page.is_up() && link.is_some_and(|link| link.restarting == expected)
    })
    .await?;
    control.say(r#"{"do":"open-port"}"#).await?;
    rig.until("the link is up again", Page::is_up).await
}

/// A nightly restart whose time is this minute.
fn now_nightly() -> Result<NightlyRestart, Failure> {
    let minute = SystemClock.now().0.rem_euclid(86_400_000) / 60_000;
    let text = format!("{}:{:02}", minute / 60, minute % 60);
    let at = NightlyRestart::parse_time(&text).ok_or("no time of the day")?;
    Ok(NightlyRestart::new(at, NightlyRestart::utc()))
}
