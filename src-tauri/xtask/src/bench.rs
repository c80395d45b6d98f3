//! Benches of the release build, each a named function that returns figures.
//!
//! Machines differ and are noisy: where a figure has a yardstick, a program of the release build
//! takes samples of both in turn in the same run, and the ratio is a figure of its own.

pub mod binary;
pub mod confirm;
pub mod journal;
pub mod keys;
pub mod lives;
pub mod machine;
pub mod measure;
pub mod rebalance;
pub mod report;
pub mod rules;
pub mod sampled;
pub mod samples;
pub mod sim;
pub mod window;
pub mod wizard;

use std::cell::OnceCell;
use std::path::PathBuf;

use crate::cargo;
use crate::failure::Failure;
use crate::page::{self, Profile};
use crate::setup::Need;
use crate::tree::Tree;

/// The program that takes samples.
const SAMPLER: &str = "gatehouse-bench";

/// A named bench and the keys of the figures it returns.
#[derive(Debug, Clone, Copy)]
pub struct Bench {
    pub name: &'static str,
    pub keys: &'static [&'static str],
    pub needs: &'static [Need],
    pub run: fn(&Ground) -> Result<Vec<Figure>, Failure>,
}

/// Every bench, in the order in which they run.
pub const BENCHES: &[Bench] = &[
    window::START,
    window::MEMORY,
    binary::BENCH,
    confirm::BENCH,
    journal::BENCH,
    rebalance::BENCH,
    sampled::TICKS,
    sampled::CHAIN,
    sampled::RECONNECT,
    sim::BENCH,
    lives::BENCH,
    wizard::BENCH,
    rules::BENCH,
    window::FRAMES,
    window::BLOTTER,
    window::CHAIN,
    window::CHAIN_SCROLL,
];

/// One measured figure, in the unit of its key.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    pub key: &'static str,
    pub value: f64,
}

/// What benches stand on: the tree and, once one of them asks, the release build.
#[derive(Debug)]
pub struct Ground {
    tree: Tree,
    built: OnceCell<Result<(), Failure>>,
}

impl Ground {
    pub fn new(tree: Tree) -> Self {
        Self {
            tree,
            built: OnceCell::new(),
        }
    }

    pub fn tree(&self) -> &Tree {
        &self.tree
    }

    /// The window with nothing in it, built like the release build.
    pub fn bare_window(&self) -> Result<PathBuf, Failure> {
        cargo::release_example(&self.tree, "bare_window")
    }

    /// A program of the release build, built on first use.
    pub fn release_program(&self, name: &str) -> Result<PathBuf, Failure> {
        self.built
            .get_or_init(|| page::build_window_aside(&self.tree, Profile::Release))
            .clone()?;
        Ok(self.tree.release_program(name))
    }
}

/// The benches called `names`, or that yield a key called so; all if `names` is empty.
pub fn select(names: &[String]) -> Result<Vec<Bench>, Failure> {
    if let Some(unknown) = names
        .iter()
        .find(|name| !BENCHES.iter().any(|b| answers(b, name)))
    {
        let known: Vec<&str> = BENCHES.iter().map(|bench| bench.name).collect();
        return Err(Failure::new(format!(
            "there is no bench `{unknown}`; the benches are {}",
            known.join(", ")
        )));
    }
    Ok(BENCHES
        .iter()
        .filter(|bench| names.is_empty() || names.iter().any(|name| answers(bench, name)))
        .copied()
        .collect())
}

fn answers(bench: &Bench, name: &str) -> bool {
    bench.name == name || bench.keys.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::{BENCHES, keys, select};

    #[test]
    fn every_figure_of_a_bench_has_a_unit_and_an_aim() {
        for bench in BENCHES {
            for key in bench.keys {
                assert!(keys::find(key).is_some(), "{key}");
            }
        }
    }

    #[test]
    fn a_bench_answers_to_its_name_and_to_its_keys() {
        for name in ["binary", "binary_mb"] {
            assert_eq!(select(&[name.to_owned()]).unwrap().len(), 1);
        }
        assert_eq!(select(&[]).unwrap().len(), BENCHES.len());
    }

    #[test]
    fn an_unknown_bench_is_an_error_that_lists_the_known_ones() {
        let told = select(&["binari".to_owned()]).unwrap_err().to_string();
        assert!(told.contains("`binari`") && told.contains("binary"));
    }
}
