//! Scripts that drive the real window through WebDriver.

use std::fs;
use std::path::{Path, PathBuf};

use crate::display::VirtualDisplay;
use crate::failure::Failure;
use crate::setup::{driver, python};
use crate::tally::Tally;
use crate::tree::Tree;

/// A script that takes longer than this hangs.
const SECONDS: u32 = 10 * 60;

/// Runs `tests/window/<script>` on a virtual screen with the debug build. Screenshots go to
/// `shots`, whose pictures of an earlier run are removed first.
pub fn drive(tree: &Tree, script: &str, mode: &str, shots: &Path) -> Result<Tally, Failure> {
    if !cfg!(target_os = "linux") {
        return Err(Failure::new(
            "the window is driven through WebKitWebDriver, which exists on Linux only",
        ));
    }
    let path = tree.window_tests().join(script);
    if !path.is_file() {
        return Err(Failure::new(format!("{} is missing", path.display())));
    }
    clear_pictures(shots)?;
    let display = VirtualDisplay::start()?;
    display
        .wrap(Path::new("node"), SECONDS)
        .arg(&path)
        .within(tree.root())
        .env("GATEHOUSE_APP", tree.debug_program("gatehouse"))
        .env("GATEHOUSE_SIM", tree.debug_program("gatehouse-sim"))
        .env("GATEHOUSE_TAURI_DRIVER", driver::path(tree))
        .env("GATEHOUSE_PYTHON", python::interpreter(tree))
        .env("GATEHOUSE_TOUR", mode)
        .env("GATEHOUSE_SHOTS", shots)
        .count()
}

fn clear_pictures(folder: &Path) -> Result<(), Failure> {
    let told = || Failure::io(format!("cannot clear {}", folder.display()));
    fs::create_dir_all(folder).map_err(told())?;
    for picture in pictures(folder)? {
        fs::remove_file(picture).map_err(told())?;
    }
    Ok(())
}

/// The screenshots in `folder`, by name.
pub fn pictures(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut found: Vec<PathBuf> = fs::read_dir(folder)
        .map_err(Failure::io(format!("cannot read {}", folder.display())))?
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.extension().is_some_and(|end| end == "png"))
        .collect();
    found.sort();
    Ok(found)
}
