//! Orders as shown.

use super::{InstrumentView, Millis};
use gatehouse_domain::Decimal;
use gatehouse_domain::draft::Side;
use gatehouse_domain::tif::TifChoice;
use serde::{Deserialize, Serialize};

/// Where an order stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub enum OrderStateView {
    /// On its way; not acknowledged yet.
    Sent,
    /// The broker holds it.
    Held,
    /// Working, nothing filled.
    Working,
    /// Working, a part filled.
    PartlyFilled,
    /// A cancel is under way.
    Cancelling,
    Filled,
    Cancelled,
    Rejected,
    Inactive,
    /// Its outcome is not known. It is never sent again by Gatehouse.
    Unknown,
    /// After a gap the broker lists it nowhere.
    NotAtBroker,
}

/// One order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct OrderView {
    /// What the page names it by, also when asking for a cancel.
    pub key: String,
    /// Our intent, when it was made here.
    pub intent: Option<String>,
    /// Who made it, in words, when it was not made here.
    pub made_elsewhere: Option<String>,
    pub account: String,
    pub instrument: InstrumentView,
    pub side: Side,
    pub quantity: Decimal,
    /// `MKT`, `LMT`, …
    pub order_type: String,
    pub limit_price: Option<Decimal>,
    /// The price that sets it off.
    pub stop_price: Option<Decimal>,
    pub tif: Option<TifChoice>,
    /// Price and time in words: "at 180.00 or better, today".
    pub how: String,
    pub state: OrderStateView,
    /// The state in words, with the reason of a rejection.
    pub says: String,
    pub filled: Decimal,
    pub remaining: Decimal,
    pub average_price: Option<Decimal>,
    /// The commissions told so far.
    pub commission: Option<Decimal>,
    pub commission_currency: Option<String>,
    /// Whether a commission report is still to come.
    pub commission_pending: bool,
    pub realized_pnl: Option<Decimal>,
    pub executions: Vec<ExecutionView>,
    pub notes: Vec<String>,
    pub since: Millis,
    pub updated: Millis,
    /// Whether a change can be asked for from here.
    pub can_change: bool,
    /// Whether a cancel can be asked for from here.
    pub can_cancel: bool,
    pub perm_id: Option<String>,
}

/// One execution.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ExecutionView {
    pub exec_id: String,
    pub at: Millis,
    pub quantity: Decimal,
    pub price: Decimal,
    pub commission: Option<Decimal>,
}
