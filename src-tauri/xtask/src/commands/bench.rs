//! `cargo xtask bench`.

use clap::Args;

use crate::bench::{self, Ground, machine, report};
use crate::failure::Failure;
use crate::setup::{self, Need};
use crate::tree::Tree;

#[derive(Debug, Args)]
pub struct Options {
    /// Print one JSON object instead of a table
    #[arg(long)]
    json: bool,
    /// Run only these benches, named by bench or by key, separated by commas
    #[arg(long, value_delimiter = ',', value_name = "NAME")]
    only: Vec<String>,
}

/// Runs the chosen benches one after the other. Standard output holds the figures only. Fails if
/// a bench could not be run; an aim that is missed is shown, not a failure.
pub fn run(tree: &Tree, options: &Options) -> Result<(), Failure> {
    let chosen = bench::select(&options.only)?;
    let needs: Vec<Need> = chosen
        .iter()
        .flat_map(|bench| bench.needs)
        .copied()
        .collect();
    setup::prepare(tree, &needs)?;
    let ground = Ground::new(tree.clone());
    let mut figures = Vec::new();
    let mut failed = Vec::new();
    for bench in &chosen {
        eprintln!("\nBench {}", bench.name);
        match (bench.run)(&ground) {
            Ok(taken) => figures.extend(taken),
            Err(failure) => {
                eprintln!("  failed: {failure}");
                failed.push(bench.name);
            }
        }
    }
    if options.json {
        println!("{}", report::json(&figures));
    } else {
        println!("\n{}", report::table(&machine::name(), &figures));
    }
    if failed.is_empty() {
        Ok(())
    } else {
        Err(Failure::new(format!("not measured: {}", failed.join(", "))))
    }
}
