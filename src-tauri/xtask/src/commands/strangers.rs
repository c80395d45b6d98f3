//! The ladder of strangers: clients that nobody here wrote, each on a simulated gateway of its own.

use std::thread;

use crate::failure::Failure;
use crate::program::Program;
use crate::setup::python::{
    Environment, IB_ASYNC, IB_INSYNC, IBAPI_9_81, IBAPI_10_19, IBAPI_10_51,
};
use crate::simulator::Simulator;
use crate::tally::Tally;
use crate::tree::Tree;

/// A script that takes longer than this hangs.
const SECONDS: u32 = 5 * 60;

const IBAPI: &str = "tests/third_party/ibapi_world.py";
const IB_INSYNC_SCRIPT: &str = "tests/third_party/ib_insync_world.py";

/// Scripts with their arguments. The newest client also climbs at every version that it can be
/// held to, and its further rungs where messages change their form.
const LADDER: &[(Environment, &[&str])] = &[
    (IB_ASYNC, &["tests/third_party/ib_async_world.py", "check"]),
    (IB_ASYNC, &[IB_INSYNC_SCRIPT]),
    (IB_INSYNC, &[IB_INSYNC_SCRIPT]),
    (IBAPI_9_81, &[IBAPI]),
    (IBAPI_10_19, &[IBAPI]),
    (IBAPI_10_51, &[IBAPI]),
    (IBAPI_10_51, &[IBAPI, "--versions", "157..191"]),
    (IBAPI_10_51, &[IBAPI, "--versions", "192..226"]),
    (IBAPI_10_51, &[IBAPI, "--data", "--versions", "195..196"]),
    (IBAPI_10_51, &[IBAPI, "--data", "--versions", "207..208"]),
];

/// Lets every stranger climb, all at the same time.
pub fn climb(tree: &Tree) -> Result<Tally, Failure> {
    let results: Vec<_> = thread::scope(|scope| {
        let climbing: Vec<_> = LADDER
            .iter()
            .map(|(environment, args)| scope.spawn(move || alone(tree, *environment, args)))
            .collect();
        climbing
            .into_iter()
            .map(|one| {
                one.join()
                    .unwrap_or_else(|_| Err(Failure::new("a stranger's thread ended badly")))
            })
            .collect()
    });
    results
        .into_iter()
        .try_fold(Tally::default(), |sum, one| Ok(sum.and(one?)))
}

fn alone(tree: &Tree, environment: Environment, args: &[&str]) -> Result<Tally, Failure> {
    let simulator = Simulator::start(tree)?;
    let mut tally = Tally::default();
    Program::limited(environment.interpreter(tree), SECONDS)
        .within(tree.root())
        .args(args)
        .args(["--port", &simulator.port().to_string()])
        .env("PYTHONUNBUFFERED", "1")
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .run_watched(|line| tally.read(line))?;
    tally.proven()
}
