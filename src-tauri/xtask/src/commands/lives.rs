//! `cargo xtask lives`: orders' lives by the dice, as many as a night has room for.

use clap::Args;

use crate::cargo;
use crate::failure::Failure;
use crate::setup::{self, Need};
use crate::tree::Tree;

#[derive(Debug, Args)]
pub struct Options {
    /// How many lives to look at
    #[arg(long, value_name = "N", default_value_t = 100_000)]
    count: u64,
    /// Play this seed again and no other: the one that a failed run names
    #[arg(long, value_name = "N", conflicts_with = "count")]
    seed: Option<u64>,
}

/// Plays them; the first life that breaks a promise ends it and names its seed.
pub fn run(tree: &Tree, options: &Options) -> Result<(), Failure> {
    setup::prepare(tree, &[Need::WindowLibraries])?;
    let program = cargo::test_program(tree)?;
    let program = match options.seed {
        Some(seed) => program.env("GATEHOUSE_SEED", seed.to_string()),
        None => program
            .env_remove("GATEHOUSE_SEED")
            .env("GATEHOUSE_ORDER_LIVES", options.count.to_string()),
    };
    program
        .args(["--test", "end_to_end", "--", "--nocapture", "lives::"])
        .run()
}
