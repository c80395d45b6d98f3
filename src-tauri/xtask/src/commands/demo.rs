//! `cargo xtask demo`: the window on a simulated gateway, from nothing.

use clap::Args;

use crate::display;
use crate::failure::Failure;
use crate::page::{self, Profile};
use crate::program::Program;
use crate::setup::{self, Need};
use crate::tree::Tree;
use crate::window;

#[derive(Debug, Args)]
pub struct Options {
    /// Walk through the tour on a virtual screen even though there is a real one
    #[arg(long)]
    headless: bool,
}

/// Opens the window, or without a display walks through it and keeps a picture of each step.
pub fn run(tree: &Tree, options: &Options) -> Result<(), Failure> {
    let on_screen = display::is_there() && !options.headless;
    setup::prepare(tree, needs(on_screen))?;
    eprintln!("\nBuilding Gatehouse; the first time takes a few minutes");
    page::build_window(tree, Profile::Debug)?;
    if on_screen {
        eprintln!("\nOpening Gatehouse on a simulated gateway: no real account, no real money");
        return Program::new(tree.debug_program("gatehouse"))
            .arg("--demo")
            .run();
    }
    eprintln!("\nNo display here: walking through the tour on a virtual one");
    let shots = tree.target().join("demo");
    window::drive(tree, "tour.mjs", "demo", &shots)?;
    let pictures = window::pictures(&shots)?;
    if pictures.is_empty() {
        return Err(Failure::new("the tour ended without a picture"));
    }
    println!("\nA screenshot of each step:");
    for picture in pictures {
        println!("  {}", picture.display());
    }
    Ok(())
}

fn needs(on_screen: bool) -> &'static [Need] {
    if on_screen {
        &[Need::WindowLibraries, Need::Page]
    } else {
        &[
            Need::WindowLibraries,
            Need::Page,
            Need::WindowDriver,
            Need::WindowScripts,
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::needs;
    use crate::setup::Need;

    #[test]
    fn a_person_with_a_screen_installs_no_test_tools() {
        assert!(!needs(true).contains(&Need::WindowDriver));
        assert!(needs(false).contains(&Need::WindowDriver));
    }
}
