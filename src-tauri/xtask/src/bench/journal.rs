//! An append to the journal until it is on disk, beside a bare write and flush, and how fast its
//! chain is checked.

use super::samples::Samples;
use super::{Bench, Figure, Ground, SAMPLER, measure};
use crate::failure::Failure;
use crate::program::Program;
use crate::setup::Need;

const SECONDS: u32 = 5 * 60;

pub const BENCH: Bench = Bench {
    name: "journal",
    keys: &[
        "journal_append_p99_ms",
        "journal_append_vs_fsync_ratio",
        "journal_verify_per_s",
    ],
    needs: &[Need::WindowLibraries, Need::Page],
    run,
};

/// The journal lies beside the build, where a disk is: a temporary folder may be in memory.
fn run(ground: &Ground) -> Result<Vec<Figure>, Failure> {
    let program = Program::limited(ground.release_program(SAMPLER)?, SECONDS)
        .args(["journal", "--folder"])
        .arg(ground.tree().target().join("bench"));
    let samples = Samples::taken_by(program)?;
    let p99 = |name| -> Result<f64, Failure> {
        Ok(measure::percentile(samples.all(name)?, 99).unwrap_or(f64::NAN))
    };
    let append = p99("append_ms")?;
    eprintln!(
        "  99 of 100: an append {append:.2} ms, write and fsync alone {:.2} ms",
        p99("fsync_ms")?
    );
    Ok(vec![
        Figure {
            key: "journal_append_p99_ms",
            value: append,
        },
        Figure {
            key: "journal_append_vs_fsync_ratio",
            value: samples.ratio("append_ms", "fsync_ms")?,
        },
        Figure {
            key: "journal_verify_per_s",
            value: samples.median("verify_per_s")?,
        },
    ])
}
