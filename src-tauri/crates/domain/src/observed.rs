//! A value together with when and from where it was seen.

use crate::instant::UnixMillis;
use serde::{Deserialize, Serialize};

/// From where a figure comes. A person sees every value but `Live` marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub enum Source {
    /// Streaming, as it happens.
    Live,
    /// Streaming, some 15 minutes behind (market-data type 3).
    Delayed,
    /// The last value before the market closed (type 2).
    Frozen,
    /// Delayed and frozen (type 4).
    DelayedFrozen,
    /// Computed by Gatehouse from other figures.
    Model,
}

/// A value, its moment and its source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Observed<T> {
    /// What was seen.
    pub value: T,
    /// When Gatehouse received it.
    pub at: UnixMillis,
    /// From where.
    pub source: Source,
}

impl<T> Observed<T> {
    /// A value that was received live at this moment.
    pub fn live(value: T, at: UnixMillis) -> Self {
        Self {
            value,
            at,
            source: Source::Live,
        }
    }
}
