//! The ladder of strangers: clients that nobody here wrote, each on a simulated gateway of its own.

use std::thread;

use crate::cargo;
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

/// How the gateway is set up for clients that keep to its limits by themselves.
const AS_IT_IS: &[&str] = &[];
/// For IBKR's own client, which keeps to none.
const UNPACED: &[&str] = &["--no-pacing"];
/// For the long ways: five-second bars come every second.
const FAST: &[&str] = &["--no-pacing", "--speed", "5"];

/// Scripts with their arguments, and the gateway's. The newest client also climbs at every version
/// that it can be held to, and its further rungs where messages change their form.
const LADDER: &[(Environment, &[&str], &[&str])] = &[
    (
        IB_ASYNC,
        &["tests/third_party/ib_async_world.py", "check"],
        AS_IT_IS,
    ),
    (IB_ASYNC, &[IB_INSYNC_SCRIPT], AS_IT_IS),
    (IB_INSYNC, &[IB_INSYNC_SCRIPT], AS_IT_IS),
    (IBAPI_9_81, &[IBAPI], UNPACED),
    (IBAPI_10_19, &[IBAPI], UNPACED),
    (IBAPI_10_51, &[IBAPI], UNPACED),
    (IBAPI_10_51, &[IBAPI, "--versions", "157..191"], UNPACED),
    (IBAPI_10_51, &[IBAPI, "--versions", "192..226"], UNPACED),
    (
        IBAPI_10_51,
        &[IBAPI, "--data", "--versions", "195..196"],
        FAST,
    ),
    (
        IBAPI_10_51,
        &[IBAPI, "--data", "--versions", "205..209"],
        FAST,
    ),
    (
        IBAPI_10_51,
        &[IBAPI, "--data", "--versions", "210..213"],
        FAST,
    ),
];

/// Lets every stranger climb, all at the same time, and then one read what Gatehouse orders.
pub fn climb(tree: &Tree) -> Result<Tally, Failure> {
    let climbed = ladder(tree)?;
    Ok(climbed.and(read_orders(tree)?))
}

/// Every order of the end-to-end table, from the ticket to the wire, as a stranger reads it.
fn read_orders(tree: &Tree) -> Result<Tally, Failure> {
    cargo::test_program(tree)?
        .args(["--test", "end_to_end", "--", "table::"])
        .env("GATEHOUSE_STRANGER", IB_ASYNC.interpreter(tree))
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .count()
}

fn ladder(tree: &Tree) -> Result<Tally, Failure> {
    let results: Vec<_> = thread::scope(|scope| {
        let climbing: Vec<_> = LADDER
            .iter()
            .map(|(environment, args, how)| {
                scope.spawn(move || alone(tree, *environment, args, how))
            })
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

fn alone(
    tree: &Tree,
    environment: Environment,
    args: &[&str],
    how: &[&str],
) -> Result<Tally, Failure> {
    let simulator = Simulator::start(tree, how)?;
    Program::limited(environment.interpreter(tree), SECONDS)
        .within(tree.root())
        .args(args)
        .args(["--port", &simulator.port().to_string()])
        .env("PYTHONUNBUFFERED", "1")
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .count()
}
