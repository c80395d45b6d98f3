//! How long every rule together takes for one order.

use super::samples::Samples;
use super::{Bench, Figure, Ground, SAMPLER};
use crate::failure::Failure;
use crate::program::Program;
use crate::setup::Need;

const SECONDS: u32 = 5 * 60;
const KEY: &str = "rules_p99_us";

pub const BENCH: Bench = Bench {
    name: "rules",
    keys: &[KEY],
    needs: &[Need::WindowLibraries, Need::Page],
    run,
};

fn run(ground: &Ground) -> Result<Vec<Figure>, Failure> {
    let program = Program::limited(ground.release_program(SAMPLER)?, SECONDS).args(["rules"]);
    let samples = Samples::taken_by(program)?;
    Ok(vec![Figure {
        key: KEY,
        value: samples.median("judge_p99_us")?,
    }])
}
