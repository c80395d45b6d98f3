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

fn drive_window(tree: &Tree) -> Result<Tally, Failure> {
    let shots = tree.target().join("window");
    let tour = window::drive(tree, "tour.mjs", "test", &shots)?;
    let broken = window::drive(tree, "broken.mjs", "test", &shots.join("broken"))?;
    let desk = window::drive(tree, "desk.mjs", "test", &shots.join("desk"))?;
    let combos = window::drive(tree, "combos.mjs", "test", &shots.join("combos"))?;
    let chain = window::drive(tree, "chain.mjs", "test", &shots.join("chain"))?;
    let strategies = window::drive(tree, "strategies.mjs", "test", &shots.join("strategies"))?;
    let rules = window::drive(tree, "rules.mjs", "test", &shots.join("rules"))?;
    let rebalance = window::drive(tree, "rebalance.mjs", "test", &shots.join("rebalance"))?;
    let held = window::drive(tree, "held.mjs", "test", &shots.join("held"))?;
    let live = window::drive(tree, "live.mjs", "test", &shots.join("live"))?;
    let lock = window::drive(tree, "lock.mjs", "test", &shots.join("lock"))?;
    let taken_over = window::drive(tree, "taken-over.mjs", "test", &shots.join("taken-over"))?;
    let profiles = window::drive(tree, "profiles.mjs", "test", &shots.join("profiles"))?;
    let wizard = window::drive(tree, "wizard.mjs", "test", &shots.join("wizard"))?;
    let newcomer = window::drive(tree, "newcomer.mjs", "test", &shots.join("newcomer"))?;
    let notify = window::drive(tree, "notify.mjs", "test", &shots.join("notify"))?;
    Ok(tour
        .and(broken)
        .and(desk)
        .and(combos)
        .and(chain)
        .and(strategies)
        .and(rules)
        .and(rebalance)
        .and(held)
        .and(live)
        .and(lock)
        .and(taken_over)
        .and(profiles)
        .and(wizard)
        .and(newcomer)
        .and(notify))
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
