//! The page's typed bindings: a test of the shell exports them, and either compares or writes.

use crate::cargo;
use crate::failure::Failure;
use crate::tally::Tally;
use crate::tree::Tree;

/// The shell's test that compares the committed bindings with the Rust commands. With
/// `GATEHOUSE_BINDINGS=write` in its environment it writes them instead.
const TEST: &str = "bindings_are_current";

/// Fails when the committed bindings differ from what Rust exports.
pub fn check(tree: &Tree) -> Result<Tally, Failure> {
    run(tree, None).map_err(|failure| {
        Failure::new(format!(
            "{failure}; if the commands changed, run `cargo xtask bindings` and commit the result"
        ))
    })
}

/// Writes the bindings anew.
pub fn write(tree: &Tree) -> Result<Tally, Failure> {
    run(tree, Some("write"))
}

fn run(tree: &Tree, mode: Option<&str>) -> Result<Tally, Failure> {
    // The whole workspace, filtered: asking for the shell alone would compile its dependencies
    // with other features once more.
    let program = cargo::test_program(tree)?.args(["--lib", TEST]);
    let program = match mode {
        Some(mode) => program.env("GATEHOUSE_BINDINGS", mode),
        None => program.env_remove("GATEHOUSE_BINDINGS"),
    };
    program
        .count()
        .map_err(|failure| Failure::new(format!("{TEST}: {failure}")))
}
