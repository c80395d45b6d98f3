//! What the page and the program tell each other about the program itself.

use serde::{Deserialize, Serialize};

/// What the page shows of the program itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct AboutView {
    pub version: String,
    pub data_dir: String,
    /// Whether the embedded simulated gateway runs.
    pub demo: bool,
    /// Whether the gateway is a simulated one.
    pub simulated: bool,
    /// Host and port of the gateway.
    pub address: String,
    pub client_id: i32,
    /// Which of its screens the page is asked to measure, when it is.
    pub report: Option<Measured>,
}

/// A screen that the page can measure itself on.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type, clap::ValueEnum,
)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Measured {
    /// The positions as they change.
    Portfolio,
    /// The blotter, which is scrolled all the while.
    Orders,
    /// An option chain about its money, beside plain text that changes as often.
    Options,
    /// A whole option chain, which is scrolled up and down for ever.
    OptionsScroll,
}

/// What to do with the demo's simulated gateway.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub(crate) enum SimAction {
    /// Close its port, as if it had been killed. Its accounts and orders are kept.
    Stop,
    /// Open its port again.
    Start,
}

/// What the page measured of itself, for benchmarks.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, specta::Type)]
#[serde(
    tag = "type",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub(crate) enum PageReport {
    /// The first portfolio is painted.
    PortfolioPainted,
    /// How long frames took over a while, in milliseconds, from their start until they were drawn;
    /// the time from one to the next; how many rows were in view, how many figures of them were
    /// known, how often their text changed in a second, and how many orders there are.
    Frames {
        rows: u32,
        figures: u32,
        changes_per_s: f64,
        orders: u32,
        count: u32,
        p50: f64,
        p95: f64,
        gap_p95: f64,
        /// The same as `p95` over plain copies of the rows, which no store keeps up to date: the
        /// least that the like takes on this machine.
        bare_p95: Option<f64>,
    },
}
