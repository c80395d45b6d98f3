//! The page's own checks, and the build of page and shell together.

use crate::failure::Failure;
use crate::program::Program;
use crate::tally::Tally;
use crate::tree::{Tree, program_file};

/// npm, as it is called on this system.
pub fn npm() -> Program {
    Program::new(if cfg!(windows) { "npm.cmd" } else { "npm" })
}

fn script(tree: &Tree, name: &str) -> Program {
    npm().within(tree.ui()).args(["run", "--silent", name])
}

pub fn typecheck(tree: &Tree) -> Result<Tally, Failure> {
    script(tree, "typecheck").run().map(|()| Tally::default())
}

pub fn lint(tree: &Tree) -> Result<Tally, Failure> {
    script(tree, "lint").run().map(|()| Tally::default())
}

pub fn build(tree: &Tree) -> Result<Tally, Failure> {
    script(tree, "build").run().map(|()| Tally::default())
}

pub fn test(tree: &Tree) -> Result<Tally, Failure> {
    script(tree, "test").count()
}

/// How the window is built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Profile {
    Debug,
    Release,
}

/// Builds page, shell and simulated gateway into the target directory, without packages.
pub fn build_window(tree: &Tree, profile: Profile) -> Result<(), Failure> {
    tauri(tree, profile).run()
}

/// The same with all output on standard error.
pub fn build_window_aside(tree: &Tree, profile: Profile) -> Result<(), Failure> {
    tauri(tree, profile).run_aside()
}

fn tauri(tree: &Tree, profile: Profile) -> Program {
    let name = if cfg!(windows) {
        "tauri.cmd".to_owned()
    } else {
        program_file("tauri")
    };
    Program::new(tree.ui().join("node_modules/.bin").join(name))
        .within(tree.root())
        .args(build_arguments(profile))
}

/// All packages but this one: it is running, and some systems do not let it be replaced.
fn build_arguments(profile: Profile) -> Vec<&'static str> {
    let mut args = vec!["build", "--no-bundle"];
    if profile == Profile::Debug {
        args.push("--debug");
    }
    args.extend(["--", "--workspace", "--exclude", "xtask"]);
    args
}

#[cfg(test)]
mod tests {
    use super::{Profile, build_arguments};

    #[test]
    fn only_a_debug_build_says_so() {
        assert_eq!(
            build_arguments(Profile::Debug).join(" "),
            "build --no-bundle --debug -- --workspace --exclude xtask"
        );
        assert_eq!(
            build_arguments(Profile::Release).join(" "),
            "build --no-bundle -- --workspace --exclude xtask"
        );
    }
}
