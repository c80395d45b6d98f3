//! How Cargo is called: always for the same set of packages and features, so that the steps share
//! what they compile.

use std::env;
use std::path::PathBuf;

use crate::failure::Failure;
use crate::program::Program;
use crate::setup::python;
use crate::tally::Tally;
use crate::tree::{Tree, program_file};

/// What `tauri build` turns on. Turned on for lints and tests too, or everything that stands on
/// tauri is compiled twice.
const FEATURES: &[&str] = &["--features", "tauri/custom-protocol"];

/// The Cargo that runs this program.
pub fn program(tree: &Tree) -> Program {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    Program::new(cargo).within(tree.root())
}

pub fn check_format(tree: &Tree) -> Result<Tally, Failure> {
    program(tree)
        .args(["fmt", "--all", "--check"])
        .run()
        .map(|()| Tally::default())
}

pub fn clippy(tree: &Tree) -> Result<Tally, Failure> {
    prepare_page_folder(tree)?;
    program(tree)
        .args(["clippy", "--workspace", "--all-targets"])
        .args(FEATURES)
        .args(["--", "-D", "warnings"])
        .run()
        .map(|()| Tally::default())
}

pub fn test(tree: &Tree) -> Result<Tally, Failure> {
    test_program(tree)?
        .arg("--no-fail-fast")
        // For tests in which the third-party client takes part.
        .env("GATEHOUSE_PYTHON", python::interpreter(tree))
        .count()
}

/// `cargo test` for the whole workspace, ready for more arguments.
pub fn test_program(tree: &Tree) -> Result<Program, Failure> {
    prepare_page_folder(tree)?;
    Ok(program(tree).args(["test", "--workspace"]).args(FEATURES))
}

/// Builds an example as tests are built, all output on standard error.
pub fn debug_example(tree: &Tree, name: &str) -> Result<PathBuf, Failure> {
    prepare_page_folder(tree)?;
    program(tree)
        .args(["build", "--workspace", "--exclude", "xtask"])
        .args(FEATURES)
        .args(["--example", name])
        .run_aside()?;
    Ok(tree.debug_program("examples").join(program_file(name)))
}

/// Builds an example of the shell as `tauri build` builds the shell, all output on standard error.
/// The whole workspace is named, or the libraries beneath get other features and are built again.
pub fn release_example(tree: &Tree, name: &str) -> Result<PathBuf, Failure> {
    prepare_page_folder(tree)?;
    program(tree)
        .args(["build", "--release", "--workspace", "--exclude", "xtask"])
        .args(FEATURES)
        .args(["--example", name])
        .run_aside()?;
    Ok(tree.release_program("examples").join(program_file(name)))
}

/// The shell embeds the built page and does not compile without its folder; lints and tests do
/// not care what is in it.
fn prepare_page_folder(tree: &Tree) -> Result<(), Failure> {
    let folder = tree.ui().join("dist");
    std::fs::create_dir_all(&folder)
        .map_err(Failure::io(format!("cannot create {}", folder.display())))
}
