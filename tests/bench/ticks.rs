//! Ticks from the socket to the desk's quotes, beside a bare client that only reads them and
//! beside `ib_async`, on the same endless stream. A tick is one message, a price with its size.

mod bare;
mod flood;
mod ib_async;
mod ours;

use crate::gateway::{Gateway, Kind};
use crate::{Failure, sample};
use std::fs;
use std::path::Path;

const TICKS: u64 = 1_200_000;
/// `ib_async` needs longer for one.
const TICKS_FOR_IB_ASYNC: u64 = 300_000;
const ROUNDS_OF_IB_ASYNC: usize = 3;
const SYMBOL: &str = "AAPL";

/// Samples `ours`, `bare` and `ib_async`, in ticks a second.
pub fn take(folder: &Path, python: &Path, rounds: usize) -> Result<(), Failure> {
    fs::create_dir_all(folder)?;
    let runtime = tokio::runtime::Runtime::new()?;
    let gateway = Gateway::start(Kind::Flood { ticks: TICKS })?;
    let short = Gateway::start(Kind::Flood {
        ticks: TICKS_FOR_IB_ASYNC,
    })?;
    let mut left = ROUNDS_OF_IB_ASYNC;
    sample::in_turn(
        rounds,
        |counts| {
            let rate = runtime.block_on(ours::rate(&gateway, folder, TICKS))?;
            note(counts, "ours", rate);
            Ok(())
        },
        |counts| {
            let rate = runtime.block_on(bare::rate(&gateway, TICKS))?;
            note(counts, "bare", rate);
            if counts && left > 0 {
                left -= 1;
                note(
                    true,
                    "ib_async",
                    ib_async::rate(&short, python, TICKS_FOR_IB_ASYNC)?,
                );
            }
            Ok(())
        },
    )
}

fn note(counts: bool, name: &str, rate: f64) {
    if counts {
        sample::print(name, rate);
    }
}
