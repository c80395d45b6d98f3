//! Options valued by our model and by a library that nobody here wrote.

use crate::cargo;
use crate::failure::Failure;
use crate::program::Program;
use crate::setup::python::QUANTLIB;
use crate::tally::Tally;
use crate::tree::Tree;

/// A comparison that takes longer than this hangs.
const SECONDS: u32 = 10 * 60;
const SCRIPT: &str = "tests/third_party/quantlib_values.py";
const PROGRAM: &str = "value_options";

/// Values ten thousand options both ways.
pub fn compare(tree: &Tree) -> Result<Tally, Failure> {
    let program = cargo::debug_example(tree, PROGRAM)?;
    Program::limited(QUANTLIB.interpreter(tree), SECONDS)
        .within(tree.root())
        .arg(SCRIPT)
        .arg("--program")
        .arg(program)
        .env("PYTHONUNBUFFERED", "1")
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .count()
}
