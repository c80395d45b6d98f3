//! `tauri-driver`, which puts a WebDriver in front of the window.

use std::fs;
use std::path::PathBuf;

use crate::cargo;
use crate::failure::Failure;
use crate::tree::{Tree, program_file};

const NAME: &str = "tauri-driver";
const VERSION: &str = "2.1.0";

/// Where the set-up installs it.
pub fn path(tree: &Tree) -> PathBuf {
    tree.tools().join("bin").join(program_file(NAME))
}

/// Installs the pinned version unless it is there.
pub fn prepare(tree: &Tree) -> Result<(), Failure> {
    let record = fs::read_to_string(tree.tools().join(".crates.toml")).unwrap_or_default();
    if path(tree).is_file() && is_recorded(&record) {
        return Ok(());
    }
    cargo::program(tree)
        .args(["install", "--locked", "--root"])
        .arg(tree.tools())
        .arg(format!("{NAME}@{VERSION}"))
        .run_aside()
}

/// Whether Cargo's record of installed programs names the pinned version.
fn is_recorded(record: &str) -> bool {
    record.contains(&format!("\"{NAME} {VERSION} "))
}

#[cfg(test)]
mod tests {
    use super::is_recorded;

    #[test]
    fn another_version_does_not_serve() {
        let record = |version: &str| {
            format!(
                "[v1]\n\"tauri-driver {version} (registry+https://example)\" = [\"tauri-driver\"]\n"
            )
        };
        assert!(is_recorded(&record("2.1.0")));
        assert!(!is_recorded(&record("2.0.5")));
        assert!(!is_recorded(""));
    }
}
