//! How the link to the gateway did lately.

use super::Millis;
use serde::{Deserialize, Serialize};

/// The newest answers and the newest gaps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct LinkHistoryView {
    /// How long the gateway took to answer, oldest first; of this run.
    pub pings: Vec<PingView>,
    /// The middle one of them, in milliseconds.
    pub median_ms: Option<u32>,
    /// The longest of them, in milliseconds.
    pub longest_ms: Option<u32>,
    /// Times without a link, newest first; of earlier runs too, as the journal has them.
    pub gaps: Vec<GapView>,
    /// How many of them began in the last 24 hours, nightly restarts aside.
    pub drops_today: u32,
}

/// One answer of the gateway.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct PingView {
    pub at: Millis,
    /// In milliseconds.
    pub took: u32,
}

/// A time without a link, of the gateway or of its own to IBKR.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct GapView {
    pub from: Millis,
    /// `null` while it lasts, and when Gatehouse was closed before it was over.
    pub until: Option<Millis>,
    pub why: String,
    /// It was the nightly restart.
    pub restart: bool,
    /// Gatehouse was closed before it was over.
    pub closed: bool,
}
