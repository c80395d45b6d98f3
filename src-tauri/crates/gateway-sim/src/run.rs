//! A whole run of the gateway: a world with its accounts, a clock, a login, faults and a plan.
//! By name, or from a scenario file in TOML.
//!
//! Deliberately not here: what happens in a run (that is [`crate::server`]), and ports and files,
//! which differ between runs of one scenario.

mod accounts;
mod file;
#[cfg(test)]
mod fuzz;
mod instruments;
mod named;

use crate::server::SimConfig;

pub use file::FileError;
pub use named::{NAMES, by_name};

/// How a run is set up.
#[derive(Clone, Debug)]
pub struct Run {
    /// The gateway's configuration.
    pub config: SimConfig,
    /// The scenario means its time: it is not to begin at another, such as now.
    pub start_is_fixed: bool,
}

impl Run {
    /// Reads a scenario file.
    ///
    /// # Errors
    /// What is wrong with it, and in which line.
    pub fn from_toml(text: &str) -> Result<Self, FileError> {
        file::read(text)
    }
}
