//! A Python environment with the third-party client, under the target directory.

use std::fs;
use std::path::PathBuf;

use crate::failure::Failure;
use crate::program::Program;
use crate::tree::Tree;

/// Pins the independent client that looks at the simulated gateway.
const REQUIREMENTS: &str = "tests/third_party/requirements.txt";

fn folder(tree: &Tree) -> PathBuf {
    tree.target().join("python")
}

/// The environment's Python.
pub fn interpreter(tree: &Tree) -> PathBuf {
    folder(tree).join(if cfg!(windows) {
        "Scripts/python.exe"
    } else {
        "bin/python"
    })
}

/// Makes the environment unless it already holds what is pinned.
pub fn prepare(tree: &Tree) -> Result<(), Failure> {
    let requirements = tree.root().join(REQUIREMENTS);
    let wanted = fs::read_to_string(&requirements).map_err(Failure::io(REQUIREMENTS))?;
    let marker = folder(tree).join("installed.txt");
    let holds_it = fs::read_to_string(&marker).is_ok_and(|installed| installed == wanted);
    if holds_it
        && Program::new(interpreter(tree))
            .arg("--version")
            .answer()
            .is_some()
    {
        return Ok(());
    }
    let python = if cfg!(windows) { "python" } else { "python3" };
    Program::new(python)
        .args(["-m", "venv", "--clear"])
        .arg(folder(tree))
        .run_aside()?;
    Program::new(interpreter(tree))
        .args(["-m", "pip", "install", "--quiet", "--requirement"])
        .arg(&requirements)
        .run_aside()?;
    fs::write(&marker, wanted).map_err(Failure::io(marker.display()))
}
