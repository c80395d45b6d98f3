//! Days of trading, as the broker's history tells them.

use crate::derivative::Expiry;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// The prices of one day; all above zero, the high no lower than the low.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DayBar {
    /// The day.
    pub day: Expiry,
    pub high: Decimal,
    pub low: Decimal,
    pub close: Decimal,
}
