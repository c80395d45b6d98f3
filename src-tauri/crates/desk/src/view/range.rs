//! How far a price usually moves in a day, as shown.

use super::Millis;
use gatehouse_domain::Decimal;
use serde::Serialize;

/// The average true range of an instrument's days of trading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct DayRangeView {
    /// In the instrument's currency; `null` when too few days are known.
    pub average: Option<Decimal>,
    /// Over so many days.
    pub days: u32,
    /// How many days were told.
    pub told: u32,
    /// The newest of them, `20261127`.
    pub newest: Option<String>,
    /// When they were asked for.
    pub at: Millis,
}
