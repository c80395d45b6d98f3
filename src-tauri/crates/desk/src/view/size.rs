//! What a size is reckoned from beside the account's own figures.

use super::Millis;
use gatehouse_domain::Decimal;
use serde::Serialize;

/// With what an account pays for a purchase.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub enum PaysWith {
    /// Settled cash alone: an IRA, and an account whose type is not known.
    SettledCash,
    /// Cash, in what the person said is a cash account. What has not settled may be spent, and
    /// what it bought not be sold before it has.
    Cash,
    /// It may borrow.
    Margin,
}

/// What bounds an account's purchases. Money is in its base currency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct SizeFactsView {
    pub account: String,
    pub pays_with: PaysWith,
    /// What its working purchases may still cost; `null` when one of them can't be priced.
    pub working_buys: Option<Decimal>,
    /// Whether it has sold options, which bind cash until their end.
    pub has_sold_options: bool,
    /// What the rules put on the price of an order without a limit, as a share of it.
    pub market_cushion: Decimal,
}

/// How closely an instrument's price moves with what an account holds most of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct MovesWithView {
    pub account: String,
    pub con_id: i32,
    /// The largest position first.
    pub with: Vec<CompanionView>,
    /// What was not compared, and why.
    pub notes: Vec<String>,
}

/// One position that it was compared with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct CompanionView {
    pub con_id: i32,
    pub label: String,
    /// From −1 to 1; `null` when it can't be said.
    pub coefficient: Option<Decimal>,
    /// Over so many daily returns.
    pub days: u32,
    /// The last of those days, `20261127`.
    pub newest: Option<String>,
    /// When the older of the two histories was asked for.
    pub at: Option<Millis>,
    /// The same in a sentence.
    pub says: String,
}
