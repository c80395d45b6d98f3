//! How many ticks a second come from the socket into the desk's quotes without one lost.

use super::samples::Samples;
use super::{Bench, Figure, Ground, SAMPLER};
use crate::failure::Failure;
use crate::program::Program;
use crate::setup::{Need, python};

const SECONDS: u32 = 5 * 60;

pub const BENCH: Bench = Bench {
    name: "ticks",
    keys: &[
        "ticks_per_s",
        "ticks_vs_bare_client_ratio",
        "ticks_vs_ib_async_ratio",
    ],
    needs: &[Need::WindowLibraries, Need::Page, Need::ThirdParty],
    run,
};

/// The stream is as fast as its reader. That is not kind to `ib_async`, which cuts each message
/// off the front of everything received: it is measured reading little at a time, which is when
/// it is fastest.
fn run(ground: &Ground) -> Result<Vec<Figure>, Failure> {
    let program = Program::limited(ground.release_program(SAMPLER)?, SECONDS)
        .args(["ticks", "--folder"])
        .arg(ground.tree().target().join("bench"))
        .arg("--python")
        .arg(python::interpreter(ground.tree()));
    let samples = Samples::taken_by(program)?;
    Ok(vec![
        Figure {
            key: "ticks_per_s",
            value: samples.median("ours")?,
        },
        Figure {
            key: "ticks_vs_bare_client_ratio",
            value: samples.ratio("ours", "bare")?,
        },
        Figure {
            key: "ticks_vs_ib_async_ratio",
            value: samples.ratio("ours", "ib_async")?,
        },
    ])
}
