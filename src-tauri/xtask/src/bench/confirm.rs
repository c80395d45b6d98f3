//! What is ours of a preview, and from the person's confirmation to the order's bytes on the wire, the journal flushed.

use super::samples::Samples;
use super::{Bench, Figure, Ground, SAMPLER, measure};
use crate::failure::Failure;
use crate::program::Program;
use crate::setup::Need;

const SECONDS: u32 = 3 * 60;

pub const BENCH: Bench = Bench {
    name: "confirm",
    keys: &[
        "preview_overhead_p99_ms",
        "preview_vs_fsync_ratio",
        "confirm_to_wire_p99_ms",
        "confirm_vs_fsync_ratio",
    ],
    needs: &[Need::WindowLibraries, Need::Page],
    run,
};

/// The journal lies beside the build, where a disk is: a temporary folder may be in memory.
fn run(ground: &Ground) -> Result<Vec<Figure>, Failure> {
    let program = Program::limited(ground.release_program(SAMPLER)?, SECONDS)
        .args(["confirm", "--folder"])
        .arg(ground.tree().target().join("bench"));
    let samples = Samples::taken_by(program)?;
    let p99 = |name| -> Result<f64, Failure> {
        Ok(measure::percentile(samples.all(name)?, 99).unwrap_or(f64::NAN))
    };
    let (previewed, confirmed) = (p99("preview_overhead_ms")?, p99("confirm_ms")?);
    eprintln!(
        "  99 of 100: ours of a preview {previewed:.2} ms beside {:.2} ms of the gateway's, confirmed {confirmed:.2} ms, write and fsync alone {:.2} ms",
        p99("what_if_ms")?,
        p99("fsync_ms")?,
    );
    Ok(vec![
        Figure {
            key: "preview_overhead_p99_ms",
            value: previewed,
        },
        Figure {
            key: "preview_vs_fsync_ratio",
            value: samples.ratio("preview_overhead_ms", "fsync_ms")?,
        },
        Figure {
            key: "confirm_to_wire_p99_ms",
            value: confirmed,
        },
        Figure {
            key: "confirm_vs_fsync_ratio",
            value: samples.ratio("confirm_ms", "fsync_ms")?,
        },
    ])
}
