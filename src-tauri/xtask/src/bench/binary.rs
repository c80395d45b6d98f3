//! How large the stripped program is.

use std::fs;

use super::{Bench, Figure, Ground};
use crate::failure::Failure;
use crate::setup::Need;

pub const BENCH: Bench = Bench {
    name: "binary",
    keys: &["binary_mb"],
    needs: &[Need::WindowLibraries, Need::Page],
    run,
};

/// The release profile strips; the page is inside. A megabyte is a million bytes.
fn run(ground: &Ground) -> Result<Vec<Figure>, Failure> {
    let program = ground.release_program("gatehouse")?;
    let bytes = fs::metadata(&program)
        .map_err(Failure::io(program.display()))?
        .len();
    Ok(vec![Figure {
        key: "binary_mb",
        value: bytes as f64 / 1e6,
    }])
}
