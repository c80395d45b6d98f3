//! Node and the packages of a Node project.

use std::fs;
use std::path::Path;

use crate::failure::Failure;
use crate::page::npm;
use crate::program::Program;

/// The page's build tool wants 20.19 or later.
const OLDEST: (u32, u32) = (20, 19);

/// A copy of the lock file that the packages were installed from.
const INSTALLED_LOCK: &str = "node_modules/.installed-lock.json";

/// Fails unless a recent enough Node is on the path.
pub fn check_version() -> Result<(), Failure> {
    let (major, minor) = OLDEST;
    let found = Program::new("node").arg("--version").answer();
    match found.as_deref().map(|text| (text, version(text))) {
        Some((_, Some(version))) if version >= OLDEST => Ok(()),
        Some((text, _)) => Err(Failure::new(format!(
            "Node {text} is too old; install Node {major}.{minor} or later from https://nodejs.org"
        ))),
        None => Err(Failure::new(format!(
            "Node is missing; install Node {major}.{minor} or later from https://nodejs.org"
        ))),
    }
}

fn version(text: &str) -> Option<(u32, u32)> {
    let mut parts = text.trim().trim_start_matches('v').split('.');
    Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
}

/// Installs the packages of the project in `folder` exactly as locked, unless they already are.
pub fn install(folder: &Path) -> Result<(), Failure> {
    let lock = folder.join("package-lock.json");
    let wanted = fs::read(&lock).map_err(Failure::io(lock.display()))?;
    let marker = folder.join(INSTALLED_LOCK);
    if fs::read(&marker).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    // Not `npm ci`: it refuses a lock file that was written where the registry lacks some other
    // platform's optional package. This takes the locked versions and leaves the lock as it is.
    npm()
        .within(folder)
        .args(["install", "--no-save", "--no-audit", "--no-fund"])
        .run_aside()?;
    fs::create_dir_all(folder.join("node_modules"))
        .and_then(|()| fs::write(&marker, wanted))
        .map_err(Failure::io(marker.display()))
}

#[cfg(test)]
mod tests {
    use super::{OLDEST, version};

    #[test]
    fn versions_compare_as_numbers() {
        assert_eq!(version("v20.20.1\n"), Some((20, 20)));
        assert!(version("v20.9.0").is_some_and(|old| old < OLDEST));
        assert!(version("v22.12.0").is_some_and(|new| new > OLDEST));
        assert_eq!(version("nightly"), None);
    }
}
