//! How soon an option chain stands there at a gateway with its real limits.

use super::samples::Samples;
use super::{Bench, Figure, Ground, SAMPLER};
use crate::failure::Failure;
use crate::program::Program;
use crate::setup::{Need, python};

const SECONDS: u32 = 5 * 60;

pub const BENCH: Bench = Bench {
    name: "chain",
    keys: &[
        "chain_first20_cold_ms",
        "chain_first20_warm_ms",
        "chain_visible_vs_ib_async_ratio",
        "chain_vs_floor_ratio",
        "chain_pacing_errors",
    ],
    needs: &[Need::WindowLibraries, Need::Page, Need::ThirdParty],
    run,
};

fn run(ground: &Ground) -> Result<Vec<Figure>, Failure> {
    let program = Program::limited(ground.release_program(SAMPLER)?, SECONDS)
        .args(["chain", "--folder"])
        .arg(ground.tree().target().join("bench"))
        .arg("--python")
        .arg(python::interpreter(ground.tree()));
    let samples = Samples::taken_by(program)?;
    Ok(vec![
        Figure {
            key: "chain_first20_cold_ms",
            value: samples.median("cold")?,
        },
        Figure {
            key: "chain_first20_warm_ms",
            value: samples.median("warm")?,
        },
        Figure {
            key: "chain_visible_vs_ib_async_ratio",
            value: samples.ratio("ib_async", "visible")?,
        },
        Figure {
            key: "chain_vs_floor_ratio",
            value: samples.ratio("visible", "floor")?,
        },
        Figure {
            key: "chain_pacing_errors",
            value: samples.all("complaints")?.iter().sum(),
        },
    ])
}
