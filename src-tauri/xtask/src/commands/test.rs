//! `cargo xtask test`: every check, in the order in which a mistake shows soonest.

use std::process::ExitCode;

use clap::Args;

use super::{strangers, values};
use crate::failure::Failure;
use crate::page::Profile;
use crate::setup::{self, Need};
use crate::steps::{self, Step, summary};
use crate::tally::Tally;
use crate::tree::Tree;
use crate::{bindings, cargo, page, window};

#[derive(Debug, Args)]
pub struct Options {
    /// Run only these steps and those they come after, separated by commas
    #[arg(long, value_delimiter = ',', value_name = "STEP")]
    only: Vec<String>,
    /// List the steps and run none
    #[arg(long)]
    list: bool,
}

const STEPS: &[Step] = &[
    step("fmt", "Rust formatting", &[], cargo::check_format),
    step("page-types", "the page's types", &[], page::typecheck),
    step("page-lint", "the page's lints", &[], page::lint),
    step("page-tests", "the page's tests", &[], page::test),
    // Before anything in Rust: the shell embeds the page as it is when it is compiled.
    step("page-build", "the page, built", &[], page::build),
    step(
        "clippy",
        "Rust lints, warnings are errors",
        &[],
        cargo::clippy,
    ),
    step("rust-tests", "Rust tests of every crate", &[], cargo::test),
    step(
        "bindings",
        "the page's bindings match the Rust commands",
        &[],
        bindings::check,
    ),
    step("build", "page, window and simulated gateway", &[], build),
    step(
        "third-party",
        "clients that nobody here wrote, in every protocol version; option values by another library",
        &["build"],
        third_party,
    ),
    step(
        "window",
        "the real window, driven",
        &["build"],
        drive_window,
    ),
];

const fn step(
    name: &'static str,
    about: &'static str,
    after: &'static [&'static str],
    run: fn(&Tree) -> Result<Tally, Failure>,
) -> Step {
    Step {
        name,
        about,
        after,
        run,
    }
}

/// Sets up, runs the steps and prints the summary, whose last line is the last of all. The exit
/// code says whether every step passed.
pub fn run(tree: &Tree, options: &Options) -> Result<ExitCode, Failure> {
    if options.list {
        for step in STEPS {
            println!("{:<12} {}", step.name, step.about);
        }
        return Ok(ExitCode::SUCCESS);
    }
    let chosen = steps::select(STEPS, &options.only)?;
    setup::prepare(tree, &needs(&chosen))?;
    let records = steps::run_all(tree, &chosen);
    println!("\n{}", summary::table(&records));
    let all = records.iter().all(|record| record.outcome.passed());
    Ok(if all {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn needs(steps: &[Step]) -> Vec<Need> {
    steps
        .iter()
        .flat_map(|step| match step.name {
            "fmt" => &[Need::RustComponents][..],
            "clippy" => &[Need::RustComponents, Need::WindowLibraries],
            "rust-tests" => &[Need::WindowLibraries, Need::Keychain, Need::ThirdParty],
            "bindings" => &[Need::WindowLibraries],
            "build" => &[Need::WindowLibraries, Need::Page],
            "third-party" => &[Need::ThirdParty, Need::Strangers, Need::WindowLibraries],
            "window" => &[
                Need::WindowDriver,
                Need::WindowScripts,
                Need::Keychain,
                Need::ThirdParty,
            ],
            _ => &[Need::Page],
        })
        .copied()
        .collect()
}

fn build(tree: &Tree) -> Result<Tally, Failure> {
    page::build_window(tree, Profile::Debug).map(|()| Tally::default())
}

fn third_party(tree: &Tree) -> Result<Tally, Failure> {
    let clients = strangers::climb(tree)?;
    let values = values::compare(tree)?;
    Ok(clients.and(values))
}

/// The scripts that drive the window, the longest walk first.
const SCRIPTS: &[&str] = &[
    "tour",
    "broken",
    "desk",
    "combos",
    "chain",
    "strategies",
    "rules",
    "rebalance",
    "held",
    "live",
    "lock",
    "starter",
    "taken-over",
    "profiles",
    "wizard",
    "faults",
    "newcomer",
    "closing",
    "without-link",
    "notify",
];

/// Every script is run, so that one run names all that fail.
fn drive_window(tree: &Tree) -> Result<Tally, Failure> {
    let shots = tree.target().join("window");
    let mut tally = Tally::default();
    let mut failed = Vec::new();
    for name in SCRIPTS {
        match window::drive(tree, &format!("{name}.mjs"), "test", &shots.join(name)) {
            Ok(passed) => tally = tally.and(passed),
            Err(failure) => failed.push(format!("{name}: {failure}")),
        }
    }
    if failed.is_empty() {
        Ok(tally)
    } else {
        Err(Failure::new(failed.join("; ")))
    }
}

#[cfg(test)]
mod tests {
    use super::{STEPS, needs};
    use crate::setup::Need;
    use crate::steps::select;

    #[test]
    fn every_step_comes_after_earlier_ones_only() {
        for (index, step) in STEPS.iter().enumerate() {
            for earlier in step.after {
                assert!(STEPS[..index].iter().any(|step| step.name == *earlier));
            }
        }
    }

    #[test]
    fn formatting_alone_needs_nothing_from_the_system() {
        let chosen = select(STEPS, &["fmt".to_owned()]).unwrap();
        assert_eq!(needs(&chosen), [Need::RustComponents]);
    }

    #[test]
    fn the_window_alone_is_built_first() {
        let chosen = select(STEPS, &["window".to_owned()]).unwrap();
        let needs = needs(&chosen);
        assert!(needs.contains(&Need::Page) && needs.contains(&Need::WindowLibraries));
    }
}
