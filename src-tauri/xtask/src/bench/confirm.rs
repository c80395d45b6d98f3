//! From the person's confirmation to the order's bytes on the wire, the journal flushed.

use super::samples::Samples;
use super::{Bench, Figure, Ground, SAMPLER, measure};
use crate::failure::Failure;
use crate::program::Program;
use crate::setup::Need;

const SECONDS: u32 = 3 * 60;

pub const BENCH: Bench = Bench {
    name: "confirm",
    keys: &["confirm_to_wire_p99_ms", "confirm_vs_fsync_ratio"],
    needs: &[Need::WindowLibraries, Need::Page],
    run,
};

/// The journal lies beside the build, where a disk is: a temporary folder may be in memory.
fn run(ground: &Ground) -> Result<Vec<Figure>, Failure> {
    let program = Program::limited(ground.release_program(SAMPLER)?, SECONDS)
        .args(["confirm", "--folder"])
        .arg(ground.tree().target().join("bench"));
    let samples = Samples::taken_by(program)?;
    let p99 = measure::percentile(samples.all("confirm_ms")?, 99).unwrap_or(f64::NAN);
    let p99_of_fsync = measure::percentile(samples.all("fsync_ms")?, 99).unwrap_or(f64::NAN);
    eprintln!("  99 of 100: {p99:.2} ms, write and fsync alone {p99_of_fsync:.2} ms");
    Ok(vec![
        Figure {
            key: "confirm_to_wire_p99_ms",
            value: p99,
        },
        Figure {
            key: "confirm_vs_fsync_ratio",
            value: samples.ratio("confirm_ms", "fsync_ms")?,
        },
    ])
}
