//! Orders as shown.

use super::{InstrumentView, Millis};
use gatehouse_domain::Decimal;
use gatehouse_domain::draft::Side;
use gatehouse_domain::order::Liquidity;
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
    /// The bracket or OCA group that it belongs to.
    pub family: Option<FamilyView>,
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
    /// What its executions realized, in the commission's currency.
    pub realized_pnl: Option<Decimal>,
    pub executions: Vec<ExecutionView>,
    /// What the broker said about it that is not an end.
    pub notes: Vec<NoteView>,
    /// Why it was refused, when it was.
    pub trouble: Option<TroubleView>,
    pub since: Millis,
    pub updated: Millis,
    /// Whether a change can be asked for from here.
    pub can_change: bool,
    /// Whether a cancel can be asked for from here.
    pub can_cancel: bool,
    pub perm_id: Option<String>,
}

/// What an order is in its family.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub enum FamilyRole {
    /// The order that the others were attached to.
    Entry,
    /// Attached, and closes at a better price.
    TakeProfit,
    /// Attached, and closes at a worse price.
    Stop,
    /// Attached in another way.
    Attached,
    /// One of a group of which one cancels the others.
    OneOf,
}

/// A bracket or an OCA group, as one of its orders tells it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct FamilyView {
    /// The same for all of the family; its first order's key.
    pub key: String,
    pub role: FamilyRole,
    /// How many belong to it.
    pub size: u32,
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
    pub commission_currency: Option<String>,
    /// What it realized, in the commission's currency.
    pub realized_pnl: Option<Decimal>,
    pub liquidity: Option<Liquidity>,
}

/// What the broker said about an order, in plain words where they are known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct NoteView {
    pub says: String,
    pub code: Option<i32>,
    /// The broker's own words.
    pub original: String,
}

/// Why an order was refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct TroubleView {
    /// In plain words.
    pub says: String,
    /// What helps.
    pub advice: Option<String>,
    pub code: Option<i32>,
    /// The broker's own words.
    pub original: String,
    /// How it could be mended, the likeliest first.
    pub mends: Vec<OrderMend>,
}

/// How an order that was refused could be made anew. Nothing of it is sent by itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[serde(tag = "type", rename_all = "camelCase")]
pub enum OrderMend {
    /// With the prices that were off the market's step moved onto it, towards their safe side.
    Price {
        limit: Option<Decimal>,
        stop: Option<Decimal>,
    },
    /// For so many: what is held and not being sold already.
    Quantity { quantity: Decimal },
    /// In another account.
    Account,
    /// Once the gateway's API takes orders, which is chosen in TWS or IB Gateway.
    ReadOnly,
    /// With another look at it.
    Again,
}

/// An order that the rules stopped before the broker heard of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct BlockedView {
    pub id: u32,
    pub at: Millis,
    pub account: Option<String>,
    pub intent: Option<String>,
    /// What it was, and why it was stopped.
    pub says: String,
}
