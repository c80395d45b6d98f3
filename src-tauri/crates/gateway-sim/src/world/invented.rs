//! Instruments that a scenario brings besides the catalogue's.
//!
//! Their conIds follow from their place in the scenario: [`FIRST`] and on.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::currency::Currency;
use super::ids::ConId;

/// The number of the first one; above IBKR's numbers and the catalogue's own.
pub(super) const FIRST: i32 = 2_109_000_000;

/// What an invented instrument is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kind {
    /// Common stock.
    Stock,
    /// A fund.
    Fund,
    /// Partnership units: not for IRAs.
    Partnership,
    /// An index: quoted, never traded.
    Index,
}

/// An instrument of a scenario's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invented {
    /// Symbol; no other instrument has it.
    pub symbol: String,
    /// Name in words.
    pub name: String,
    /// Kind.
    pub kind: Kind,
    /// Where it is listed: one of [`Invented::EXCHANGES`].
    pub exchange: String,
    /// Currency of its prices.
    pub currency: Currency,
    /// Price at the start, in millionths.
    pub price: i64,
    /// A year, in percent.
    pub volatility: i64,
    /// The smallest step of its price, in millionths.
    pub tick: i64,
    /// Orders are multiples of this.
    pub lot: i64,
    /// It keeps Hong Kong's hours rather than New York's.
    pub in_hong_kong: bool,
}

impl Invented {
    /// Where an instrument can be listed.
    pub const EXCHANGES: [&'static str; 11] = [
        "NASDAQ", "NYSE", "ARCA", "BATS", "AMEX", "CBOE", "SEHK", "LSE", "IBIS", "AEB", "TSEJ",
    ];

    /// The exchange as it is listed above; `None` for others.
    pub fn exchange_named(name: &str) -> Option<&'static str> {
        Self::EXCHANGES.into_iter().find(|known| *known == name)
    }
}

/// The number of the invented instrument at this place.
pub(super) fn con_id(place: usize) -> Option<ConId> {
    let place = i32::try_from(place).ok().filter(|place| *place < MOST)?;
    Some(ConId::new(FIRST + place))
}

/// How many there may be.
const MOST: i32 = 10_000;

/// Millionths as a price.
pub(super) fn price(units: i64) -> Decimal {
    Decimal::new(units, 6).normalize()
}
