//! How fast orders' lives are played out by the dice: what a long search for a fault costs.

use super::samples::Samples;
use super::{Bench, Figure, Ground, SAMPLER};
use crate::failure::Failure;
use crate::program::Program;
use crate::setup::Need;

const SECONDS: u32 = 5 * 60;
const KEY: &str = "order_lives_per_s";

pub const BENCH: Bench = Bench {
    name: "lives",
    keys: &[KEY],
    needs: &[Need::WindowLibraries, Need::Page],
    run,
};

fn run(ground: &Ground) -> Result<Vec<Figure>, Failure> {
    let program = Program::limited(ground.release_program(SAMPLER)?, SECONDS).args(["lives"]);
    let samples = Samples::taken_by(program)?;
    Ok(vec![Figure {
        key: KEY,
        value: samples.median("lives_per_s")?,
    }])
}
