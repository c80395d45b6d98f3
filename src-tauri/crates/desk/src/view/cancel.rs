//! Cancelling many orders at once.

use serde::{Deserialize, Serialize};

/// Which orders are to be cancelled together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(
    tag = "type",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum CancelScope {
    /// The bracket or OCA group to which the order with this page key belongs.
    Family { key: String },
    /// All orders for one instrument in one account.
    Instrument { account: String, con_id: i32 },
    /// All orders of one account.
    Account { account: String },
    /// All orders of all accounts; with `others_too` also those that were made in TWS or by
    /// other programs, which only a cancel of everything can reach.
    Everything { others_too: bool },
}

/// What came of asking. Whether the broker cancels is told order by order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct CancelOutcome {
    /// How many cancels went out, or were handed to the broker in one.
    pub asked: u32,
    /// How many go out as soon as the gateway knows the order.
    pub waiting: u32,
    /// How many were being cancelled already.
    pub under_way: u32,
    /// How many were made elsewhere and stay.
    pub elsewhere: u32,
    /// Whether the gateway could be asked at all; else nothing was cancelled.
    pub reached: bool,
    /// All of it in a sentence.
    pub says: String,
}
