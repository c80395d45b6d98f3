//! The wizard's whole check list at a good gateway.

use super::samples::Samples;
use super::{Bench, Figure, Ground, SAMPLER};
use crate::failure::Failure;
use crate::program::Program;
use crate::setup::Need;

const SECONDS: u32 = 2 * 60;

pub const BENCH: Bench = Bench {
    name: "wizard",
    keys: &["wizard_checks_ms"],
    needs: &[Need::WindowLibraries, Need::Page],
    run,
};

fn run(ground: &Ground) -> Result<Vec<Figure>, Failure> {
    let program = Program::limited(ground.release_program(SAMPLER)?, SECONDS).args(["wizard"]);
    let samples = Samples::taken_by(program)?;
    Ok(vec![Figure {
        key: "wizard_checks_ms",
        value: samples.median("wizard_checks_ms")?,
    }])
}
