//! A quote as a subscriber sees it, and which of its fields moved.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::ids::ConId;

/// Level-one data of one instrument. An index has no bid and no ask.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    /// Whose quote.
    pub con_id: ConId,
    /// Best bid.
    pub bid: Option<Decimal>,
    /// Size at the bid, in units.
    pub bid_size: Option<Decimal>,
    /// Best offer.
    pub ask: Option<Decimal>,
    /// Size at the offer, in units.
    pub ask_size: Option<Decimal>,
    /// Last trade (the index level for an index).
    pub last: Option<Decimal>,
    /// Size of the last trade.
    pub last_size: Option<Decimal>,
    /// Today's first trade.
    pub open: Option<Decimal>,
    /// Today's highest trade.
    pub high: Option<Decimal>,
    /// Today's lowest trade.
    pub low: Option<Decimal>,
    /// The previous day's close.
    pub prev_close: Option<Decimal>,
    /// Units traded today; `None` where none are reported (pairs, indices).
    pub volume: Option<Decimal>,
    /// Time of the last trade, unix ms.
    pub last_time: Option<i64>,
}

/// Which fields of a quote changed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuoteChange {
    /// Bid price.
    pub bid: bool,
    /// Bid size.
    pub bid_size: bool,
    /// Ask price.
    pub ask: bool,
    /// Ask size.
    pub ask_size: bool,
    /// Last price, its size and time (a trade printed).
    pub last: bool,
    /// Today's open.
    pub open: bool,
    /// Today's high.
    pub high: bool,
    /// Today's low.
    pub low: bool,
    /// Previous close (a new day began).
    pub prev_close: bool,
    /// Day volume.
    pub volume: bool,
}

impl QuoteChange {
    /// Whether anything changed.
    pub fn any(self) -> bool {
        self != Self::default()
    }
}
