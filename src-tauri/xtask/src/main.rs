//! Developer commands: `cargo xtask demo | test | lives | bench | bindings`.
//!
//! Each command first makes sure that what it needs is installed, says what it runs, and leaves
//! nothing behind outside the target directory. It deliberately does not know the application:
//! it starts programs, watches them and reports.

mod bench;
mod bindings;
mod cargo;
mod commands;
mod display;
mod failure;
mod page;
mod program;
mod setup;
mod simulator;
mod steps;
mod tally;
mod tree;
mod window;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::tree::Tree;

#[derive(Debug, Parser)]
#[command(name = "cargo xtask", about = "Developer commands of Gatehouse")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Build Gatehouse and open it on a simulated gateway
    Demo(commands::demo::Options),
    /// Run every check: formatting, lints, tests, a third-party client, the real window
    Test(commands::test::Options),
    /// Play many orders' lives by the dice, or one seed again
    Lives(commands::lives::Options),
    /// Measure the release build and print a table
    Bench(commands::bench::Options),
    /// Write ui/src/backend/bindings.ts anew from the Rust commands
    Bindings,
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let outcome = Tree::locate().and_then(|tree| match cli.command {
        Command::Demo(options) => commands::demo::run(&tree, &options).map(done),
        Command::Test(options) => commands::test::run(&tree, &options),
        Command::Lives(options) => commands::lives::run(&tree, &options).map(done),
        Command::Bench(options) => commands::bench::run(&tree, &options).map(done),
        Command::Bindings => commands::bindings::run(&tree).map(done),
    });
    match outcome {
        Ok(code) => code,
        Err(failure) => {
            eprintln!("\nerror: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn done((): ()) -> ExitCode {
    ExitCode::SUCCESS
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::Cli;

    #[test]
    fn the_command_line_is_well_formed() {
        Cli::command().debug_assert();
    }
}
