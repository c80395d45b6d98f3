//! `cargo xtask bindings`.

use crate::failure::Failure;
use crate::setup::{self, Need};
use crate::tree::Tree;

/// Writes the page's bindings anew.
pub fn run(tree: &Tree) -> Result<(), Failure> {
    setup::prepare(tree, &[Need::WindowLibraries])?;
    crate::bindings::write(tree)?;
    eprintln!("Written: ui/src/backend/bindings.ts");
    Ok(())
}
