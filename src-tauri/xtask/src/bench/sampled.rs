//! Benches whose figures come from samples that a program of the release build takes.

use super::samples::Samples;
use super::{Bench, Figure, Ground, SAMPLER};
use crate::failure::Failure;
use crate::program::Program;
use crate::setup::{Need, python};

const SECONDS: u32 = 8 * 60;
const NEEDS: &[Need] = &[Need::WindowLibraries, Need::Page, Need::ThirdParty];

/// How many ticks a second come from the socket into the desk's quotes without one lost.
///
/// The stream is as fast as its reader. That is not kind to `ib_async`, which cuts each message
/// off the front of everything received: it is measured reading little at a time, which is when
/// it is fastest.
pub const TICKS: Bench = Bench {
    name: "ticks",
    keys: &keys(TICK_FIGURES),
    needs: NEEDS,
    run: |ground| sampled(ground, "ticks", TICK_FIGURES),
};

const TICK_FIGURES: &[Of; 3] = &[
    Of::Median("ticks_per_s", "ours"),
    Of::Ratio("ticks_vs_bare_client_ratio", "ours", "bare"),
    Of::Ratio("ticks_vs_ib_async_ratio", "ours", "ib_async"),
];

/// How soon an option chain stands there at a gateway with its real limits.
pub const CHAIN: Bench = Bench {
    name: "chain",
    keys: &keys(CHAIN_FIGURES),
    needs: NEEDS,
    run: |ground| sampled(ground, "chain", CHAIN_FIGURES),
};

const CHAIN_FIGURES: &[Of; 8] = &[
    Of::Median("chain_first20_cold_ms", "cold"),
    Of::Median("chain_first20_warm_ms", "warm"),
    Of::Ratio("chain_visible_vs_ib_async_ratio", "ib_async", "visible"),
    Of::Ratio("chain_whole_vs_ib_async_ratio", "ib_async_whole", "whole"),
    Of::Ratio("chain_vs_floor_ratio", "visible", "floor"),
    Of::Median("chain_messages", "messages"),
    Of::Ratio(
        "chain_messages_vs_ib_async_ratio",
        "messages",
        "ib_async_messages",
    ),
    Of::Sum("chain_pacing_errors", "complaints"),
];

/// How soon positions are fresh after a gateway's restart.
pub const RECONNECT: Bench = Bench {
    name: "reconnect",
    keys: &keys(RECONNECT_FIGURES),
    needs: NEEDS,
    run: |ground| sampled(ground, "reconnect", RECONNECT_FIGURES),
};

const RECONNECT_FIGURES: &[Of; 1] = &[Of::Median("reconnect_ms", "reconnect")];

/// A figure by its key, and the samples that it is made of.
#[derive(Debug, Clone, Copy)]
enum Of {
    /// The middle of these.
    Median(&'static str, &'static str),
    /// The middle of the first over that of the second.
    Ratio(&'static str, &'static str, &'static str),
    /// All of them together.
    Sum(&'static str, &'static str),
}

impl Of {
    const fn key(&self) -> &'static str {
        match self {
            Self::Median(key, _) | Self::Ratio(key, _, _) | Self::Sum(key, _) => key,
        }
    }
}

const fn keys<const N: usize>(figures: &[Of; N]) -> [&'static str; N] {
    let mut keys = [""; N];
    let mut at = 0;
    while at < N {
        keys[at] = figures[at].key();
        at += 1;
    }
    keys
}

fn sampled(ground: &Ground, name: &str, figures: &[Of]) -> Result<Vec<Figure>, Failure> {
    let program = Program::limited(ground.release_program(SAMPLER)?, SECONDS)
        .args([name, "--folder"])
        .arg(ground.tree().target().join("bench"))
        .arg("--python")
        .arg(python::interpreter(ground.tree()));
    let samples = Samples::taken_by(program)?;
    let figure = |of: &Of| {
        let value = match of {
            Of::Median(_, name) => samples.median(name)?,
            Of::Ratio(_, ours, yardstick) => samples.ratio(ours, yardstick)?,
            Of::Sum(_, name) => samples.all(name)?.iter().sum(),
        };
        Ok(Figure {
            key: of.key(),
            value,
        })
    };
    figures.iter().map(figure).collect()
}
