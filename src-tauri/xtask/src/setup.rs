//! What the commands need from the machine, installed where that is ours to do and named where
//! it is not.

pub mod driver;
pub mod host;
pub mod node;
pub mod python;
pub mod system;

use crate::failure::Failure;
use crate::program::Program;
use crate::tree::Tree;

/// One thing that a command may need.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// `rustfmt` and `clippy`.
    RustComponents,
    /// Libraries to compile and link the window with.
    WindowLibraries,
    /// A virtual screen and a WebDriver, with `tauri-driver` in front of it.
    WindowDriver,
    /// Node with the page's packages.
    Page,
    /// The packages of the window's test scripts.
    WindowScripts,
    /// A keychain for tests, on a bus of its own.
    Keychain,
    /// A Python environment with the third-party client.
    ThirdParty,
    /// More of them, with other clients.
    Strangers,
}

/// Makes sure of `needs`; a second run finds everything and is quick.
pub fn prepare(tree: &Tree, needs: &[Need]) -> Result<(), Failure> {
    eprintln!("Setting up");
    let wants = |need: Need| needs.contains(&need);
    system::prepare(needs)?;
    if wants(Need::RustComponents) {
        rust_components()?;
    }
    if wants(Need::Page) || wants(Need::WindowScripts) {
        node::check_version()?;
    }
    if wants(Need::Page) {
        node::install(&tree.ui())?;
    }
    if wants(Need::WindowScripts) {
        node::install(&tree.window_tests())?;
    }
    if wants(Need::ThirdParty) {
        python::prepare(tree)?;
    }
    if wants(Need::Strangers) {
        python::prepare_strangers(tree)?;
    }
    if wants(Need::WindowDriver) {
        driver::prepare(tree)?;
    }
    Ok(())
}

fn rust_components() -> Result<(), Failure> {
    for (tool, component) in [("fmt", "rustfmt"), ("clippy", "clippy")] {
        let there = Program::new("cargo").args([tool, "--version"]).answer();
        if there.is_none() {
            Program::new("rustup")
                .args(["component", "add", component])
                .run()?;
        }
    }
    Ok(())
}
