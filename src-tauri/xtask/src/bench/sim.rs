//! The simulated gateway under loads that a test suite would put on it.

use super::samples::Samples;
use super::{Bench, Figure, Ground, SAMPLER};
use crate::failure::Failure;
use crate::program::Program;
use crate::setup::Need;

const SECONDS: u32 = 10 * 60;

/// Each figure and the name of its samples.
const FIGURES: [(&str, &str); 5] = [
    ("sim_ticks_per_s", "ticks_per_s"),
    ("sim_100x100_ticks_per_s", "ticks_of_100_per_s"),
    ("sim_connect_1000_accounts_ms", "connect_ms"),
    ("sim_open_orders_10000_ms", "open_orders_ms"),
    ("sim_rss_mb", "rss_mb"),
];

pub const BENCH: Bench = Bench {
    name: "sim",
    keys: &[
        FIGURES[0].0,
        FIGURES[1].0,
        FIGURES[2].0,
        FIGURES[3].0,
        FIGURES[4].0,
    ],
    needs: &[Need::WindowLibraries, Need::Page],
    run,
};

fn run(ground: &Ground) -> Result<Vec<Figure>, Failure> {
    let program = Program::limited(ground.release_program(SAMPLER)?, SECONDS).args(["sim"]);
    let samples = Samples::taken_by(program)?;
    FIGURES
        .iter()
        .map(|&(key, name)| {
            Ok(Figure {
                key,
                value: samples.median(name)?,
            })
        })
        .collect()
}
