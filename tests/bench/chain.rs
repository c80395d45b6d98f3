//! An option chain at a gateway with its real limits: how long until the strikes around the money
//! stand there with greeks, beside the usual way of `ib_async` at the same gateway.
//!
//! The floor is when the last of the messages may go out that nobody can do without (the classes,
//! the expiry, a line for each option in sight) at a gateway that takes fifty in any second: fifty
//! at once, the fifty-first a second later. No answer's time is in it, and nothing else that a
//! session asks meanwhile.

use crate::Failure;
use crate::control::Control;
use crate::gateway::{Gateway, Kind, TOKEN};
use crate::rig::Rig;
use crate::sample::{self, ms};
use gatehouse_domain::observed::Source;
use gatehouse_e2e::Page;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

/// Strikes in sight, each with a call and a put.
const IN_SIGHT: usize = 40;
/// All strikes of the expiry.
const WHOLE: usize = 0;
/// Strikes that a person looks at first.
const FIRST: usize = 20;
/// Messages a second that the gateway takes, and those that come before the lines.
const MESSAGES: usize = 50;
const BEFORE_LINES: usize = 2;
/// After this long no earlier message counts against the limit any more.
const QUIET: Duration = Duration::from_millis(1200);
/// The nearest expiry is opened that has more options than there are lines.
const MORE_THAN: usize = 100;

/// Samples in milliseconds: `cold` and `warm` for the first strikes, `visible` for all in sight
/// with the broker's own greeks, `ib_async` for the same, `floor` that the limit sets; `whole` until
/// every option of the expiry has been quoted once, more than there are lines, and
/// `ib_async_whole` for the same; how often the gateway complained, `complaints`; and how many
/// messages it counted for what was in sight, `messages` and `ib_async_messages`, ours with those
/// that close the lines again.
pub fn take(folder: &Path, python: &Path, rounds: usize) -> Result<(), Failure> {
    fs::create_dir_all(folder)?;
    let runtime = tokio::runtime::Runtime::new()?;
    let gateway = Gateway::start(Kind::Limited)?;
    let day = runtime.block_on(expiry(&gateway, folder))?;
    let messages = BEFORE_LINES + 2 * IN_SIGHT;
    let seconds = u32::try_from((messages - 1) / MESSAGES)?;
    sample::in_turn(
        rounds,
        |counts| {
            let taken = runtime.block_on(ours(&gateway, folder, &day))?;
            if counts {
                sample::print("cold", ms(taken.cold));
                sample::print("warm", ms(taken.warm));
                sample::print("visible", ms(taken.visible));
                sample::print("whole", ms(taken.whole));
                sample::print("floor", f64::from(seconds) * 1000.0);
                sample::print("complaints", f64::from(taken.complaints));
                sample::print("messages", f64::from(taken.messages));
            }
            std::thread::sleep(QUIET);
            Ok(())
        },
        |counts| {
            for (name, strikes) in [("ib_async", IN_SIGHT), ("ib_async_whole", WHOLE)] {
                let (taken, messages) = theirs(&gateway, python, strikes, &day)?;
                if counts {
                    sample::print(name, taken);
                    if strikes == IN_SIGHT {
                        sample::print("ib_async_messages", messages);
                    }
                }
                std::thread::sleep(QUIET);
            }
            Ok(())
        },
    )
}

struct Taken {
    cold: Duration,
    warm: Duration,
    visible: Duration,
    whole: Duration,
    complaints: u32,
    messages: u32,
}

/// The day of the expiry that is opened.
async fn expiry(gateway: &Gateway, folder: &Path) -> Result<String, Failure> {
    let rig = rig(gateway, folder).await?;
    let con_id = rig.find("AAPL").await?;
    let chain = rig.desk.chain(con_id).await?;
    let class = chain.classes.first().ok_or("there is no class")?;
    let mut found = None;
    for expiry in &class.expiries {
        let (name, day) = (class.trading_class.clone(), expiry.expiry.clone());
        let strikes = rig.desk.strikes(con_id, name, day.clone()).await?;
        let rows = strikes.rows.iter();
        let options = rows.flat_map(|row| [&row.call, &row.put]).flatten().count();
        if options > MORE_THAN {
            found = Some(day);
            break;
        }
    }
    rig.stop().await;
    std::thread::sleep(QUIET);
    found.ok_or_else(|| "no expiry has options enough".into())
}

async fn rig(gateway: &Gateway, folder: &Path) -> Result<Rig, Failure> {
    let address = ([127, 0, 0, 1], gateway.port()).into();
    Rig::ready(address, folder, |events| events).await
}

async fn ours(gateway: &Gateway, folder: &Path, day: &str) -> Result<Taken, Failure> {
    let mut rig = rig(gateway, folder).await?;
    let con_id = rig.find("AAPL").await?;
    rig.desk.watch(con_id).await?;
    let spot = |page: &Page| page.quotes.get(&con_id).and_then(|q| q.last.value);
    rig.until("there is a price", |page| spot(page).is_some())
        .await?;
    let spot = spot(&rig.page).ok_or("there is no price")?;
    // What a session asks at its start is over when a person opens a chain.
    tokio::time::sleep(3 * QUIET).await;
    let mut control = Control::open(gateway).await?;
    let before = control.messages().await?;

    let begun = Instant::now();
    let shown = open(&rig, con_id, spot, day, IN_SIGHT).await?;
    rig.until("the first strikes have greeks", |page| {
        all(page, &shown[..2 * FIRST], false)
    })
    .await?;
    let cold = begun.elapsed();
    rig.until("all in sight have the broker's", |page| {
        all(page, &shown, true)
    })
    .await?;
    let visible = begun.elapsed();

    close(&mut rig, &shown).await?;
    let messages = u32::try_from(control.messages().await? - before)?;
    let begun = Instant::now();
    let again = open(&rig, con_id, spot, day, IN_SIGHT).await?;
    rig.until("the first strikes have greeks again", |page| {
        all(page, &again[..2 * FIRST], false)
    })
    .await?;
    let warm = begun.elapsed();

    close(&mut rig, &again).await?;
    let begun = Instant::now();
    let every = open(&rig, con_id, spot, day, WHOLE).await?;
    let mut left: BTreeSet<i32> = every.iter().copied().collect();
    rig.until("every option has been quoted", |page| {
        // One whose turn is over keeps what it was told until the chain is left.
        left.retain(|id| {
            let quote = page.quotes.get(id);
            quote.is_none_or(|quote| quote.bid.value.is_none() && quote.ask.value.is_none())
        });
        left.is_empty()
    })
    .await?;
    let whole = begun.elapsed();
    let refused = rig.page.quotes.values().filter(|q| q.refused.is_some());
    let told = rig
        .page
        .notices
        .iter()
        .filter(|n| matches!(n.code, Some(100 | 101 | 162 | 420)));
    let complaints = u32::try_from(refused.count() + told.count())?;
    rig.stop().await;
    Ok(Taken {
        cold,
        warm,
        visible,
        whole,
        complaints,
        messages,
    })
}

/// Leaves the chain and forgets what it showed.
async fn close(rig: &mut Rig, shown: &[i32]) -> Result<(), Failure> {
    rig.desk.show_options(&[]).await?;
    rig.until("the lines are closed", |page| {
        page.lines.steady + page.lines.in_turn == 0
    })
    .await?;
    for id in shown {
        rig.page.quotes.remove(id);
    }
    // Closing lines costs messages too.
    tokio::time::sleep(2 * QUIET).await;
    Ok(())
}

/// Opens the chain as the page does, so many strikes of it or the whole; returns what is in sight,
/// nearest first.
async fn open(
    rig: &Rig,
    con_id: i32,
    spot: rust_decimal::Decimal,
    day: &str,
    in_sight: usize,
) -> Result<Vec<i32>, Failure> {
    let chain = rig.desk.chain(con_id).await?;
    let class = chain.classes.first().ok_or("there is no class")?;
    let name = class.trading_class.clone();
    let strikes = rig.desk.strikes(con_id, name, day.to_owned()).await?;
    let mut rows = strikes.rows;
    rows.sort_by_key(|row| (row.strike - spot).abs());
    if in_sight != WHOLE {
        rows.truncate(in_sight);
    }
    let options: Vec<i32> = rows
        .iter()
        .flat_map(|row| [row.call.as_ref(), row.put.as_ref()])
        .flatten()
        .map(|option| option.con_id)
        .collect();
    if options.len() < 2 * in_sight {
        return Err(format!("only {} options are listed", options.len()).into());
    }
    rig.desk.show_options(&options).await?;
    Ok(options)
}

/// Whether all of these have greeks: anybody's, or the broker's own.
fn all(page: &Page, options: &[i32], brokers: bool) -> bool {
    options.iter().all(|id| {
        let greeks = page.quotes.get(id).and_then(|q| q.greeks.as_ref());
        greeks.is_some_and(|g| {
            g.delta.value.is_some() && (!brokers || g.delta.source != Some(Source::Model))
        })
    })
}

/// Milliseconds until `ib_async` has the same tickers by its usual calls, and how many messages that
/// took.
fn theirs(
    gateway: &Gateway,
    python: &Path,
    strikes: usize,
    day: &str,
) -> Result<(f64, f64), Failure> {
    let control = gateway.control_port().ok_or("there is no control port")?;
    let output = Command::new(python)
        .arg(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/bench/ib_async_chain.py"
        ))
        .args([&gateway.port().to_string(), &strikes.to_string(), day])
        .args([&control.to_string(), TOKEN])
        .output()?;
    let text = String::from_utf8_lossy(&output.stdout);
    let mut figures = text.split_whitespace().map(str::parse);
    match (figures.next(), figures.next()) {
        (Some(Ok(taken)), Some(Ok(messages))) => Ok((taken, messages)),
        _ => {
            let told = String::from_utf8_lossy(&output.stderr);
            Err(format!("ib_async was not measured: {}", told.trim()).into())
        }
    }
}
