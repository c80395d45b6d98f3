//! How an order is priced: every order type that Gatehouse makes, with just the prices it needs.

use crate::decimal::{NumberError, Price, parse_plain};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// A percentage above zero and below one hundred, such as the distance of a trailing stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "Decimal", into = "Decimal")]
pub struct Percent(Decimal);

impl Percent {
    /// Wraps a percentage, 2 for 2 %.
    ///
    /// # Errors
    /// When it is not above zero, or 100 and more.
    pub fn new(value: Decimal) -> Result<Self, NumberError> {
        if value <= Decimal::ZERO {
            return Err(NumberError::NotPositive);
        }
        if value >= Decimal::ONE_HUNDRED {
            return Err(NumberError::NotAPercentage);
        }
        Ok(Self(value.normalize()))
    }

    /// Reads what a person typed.
    ///
    /// # Errors
    /// With a sentence that says what to type instead.
    pub fn parse(text: &str) -> Result<Self, NumberError> {
        Self::new(parse_plain(text.trim().trim_end_matches('%').trim_end())?)
    }

    /// The number itself: 2 for 2 %.
    #[must_use]
    pub fn get(self) -> Decimal {
        self.0
    }

    /// As a share of one: 0.02 for 2 %.
    #[must_use]
    pub fn share(self) -> Decimal {
        self.0 / Decimal::ONE_HUNDRED
    }
}

impl TryFrom<Decimal> for Percent {
    type Error = NumberError;
    fn try_from(value: Decimal) -> Result<Self, NumberError> {
        Self::new(value)
    }
}

impl From<Percent> for Decimal {
    fn from(it: Percent) -> Decimal {
        it.0
    }
}

/// How far a trailing stop stays behind the market.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "unit", rename_all = "camelCase")]
pub enum TrailBy {
    /// By so much per unit.
    Amount { amount: Price },
    /// By so many percent.
    Percent { percent: Percent },
}

/// How the order is priced.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "camelCase")]
pub enum Pricing {
    /// `MKT`: whatever the market asks.
    Market,
    /// `LMT`: this price or better.
    Limit { price: Price },
    /// `STP`: a market order once the market reaches the trigger, against the order's side.
    Stop { trigger: Price },
    /// `STP LMT`: a limit order once the market reaches the trigger.
    StopLimit { trigger: Price, price: Price },
    /// `TRAIL`: a stop that follows the market at a distance.
    Trail {
        by: TrailBy,
        /// Where the stop stands at first; `None` leaves it to the broker.
        trigger: Option<Price>,
    },
    /// `TRAIL LIMIT`: as `TRAIL`, and a limit order once it triggers.
    TrailLimit {
        by: TrailBy,
        /// Where the stop stands at first.
        trigger: Price,
        /// How far beyond the trigger the limit lies, zero or more.
        offset: Decimal,
    },
    /// `MIT`: a market order once the market touches a price better than now.
    MarketIfTouched { trigger: Price },
    /// `LIT`: a limit order once the market touches a price better than now.
    LimitIfTouched { trigger: Price, price: Price },
    /// `MOC`: in the closing auction.
    MarketOnClose,
    /// `LOC`: in the closing auction, at this price or better.
    LimitOnClose { price: Price },
    /// `REL`: pegged to the best price of its own side, bettered by the offset.
    Relative {
        offset: Price,
        /// The worst price that it follows to.
        cap: Option<Price>,
    },
    /// `MIDPRICE`: between bid and ask or better.
    Midprice {
        /// The worst price that it follows to.
        cap: Option<Price>,
    },
    /// `PEG MID`: pegged to the midpoint.
    PegMid {
        /// How far from the midpoint, away from the market; zero or more.
        offset: Decimal,
        /// The worst price that it follows to.
        cap: Option<Price>,
    },
    /// `MTL`: at the market; what does not fill at once rests at that price.
    MarketToLimit,
}

impl Pricing {
    /// The worst price that the order can fill at, when its type sets one.
    #[must_use]
    pub fn limit(self) -> Option<Price> {
        match self {
            Self::Limit { price }
            | Self::StopLimit { price, .. }
            | Self::LimitIfTouched { price, .. }
            | Self::LimitOnClose { price } => Some(price),
            Self::Relative { cap, .. } | Self::Midprice { cap } | Self::PegMid { cap, .. } => cap,
            Self::Market
            | Self::Stop { .. }
            | Self::Trail { .. }
            | Self::TrailLimit { .. }
            | Self::MarketIfTouched { .. }
            | Self::MarketOnClose
            | Self::MarketToLimit => None,
        }
    }

    /// The price that sets it off, when it waits for one.
    #[must_use]
    pub fn trigger(self) -> Option<Price> {
        match self {
            Self::Stop { trigger }
            | Self::StopLimit { trigger, .. }
            | Self::TrailLimit { trigger, .. }
            | Self::MarketIfTouched { trigger }
            | Self::LimitIfTouched { trigger, .. } => Some(trigger),
            Self::Trail { trigger, .. } => trigger,
            _ => None,
        }
    }

    /// Whether the trigger lies on the far side of the market: above it for a buy, below it
    /// for a sale.
    #[must_use]
    pub fn is_stop(self) -> bool {
        matches!(
            self,
            Self::Stop { .. }
                | Self::StopLimit { .. }
                | Self::Trail { .. }
                | Self::TrailLimit { .. }
        )
    }

    /// The wire's word for it (`orderType`).
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Market => "MKT",
            Self::Limit { .. } => "LMT",
            Self::Stop { .. } => "STP",
            Self::StopLimit { .. } => "STP LMT",
            Self::Trail { .. } => "TRAIL",
            Self::TrailLimit { .. } => "TRAIL LIMIT",
            Self::MarketIfTouched { .. } => "MIT",
            Self::LimitIfTouched { .. } => "LIT",
            Self::MarketOnClose => "MOC",
            Self::LimitOnClose { .. } => "LOC",
            Self::Relative { .. } => "REL",
            Self::Midprice { .. } => "MIDPRICE",
            Self::PegMid { .. } => "PEG MID",
            Self::MarketToLimit => "MTL",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentage_is_above_zero_and_below_a_hundred() {
        assert_eq!(
            Percent::parse("2.5 %").unwrap().share().to_string(),
            "0.025"
        );
        assert!(Percent::parse("0").is_err());
        assert!(Percent::parse("100").is_err());
        assert!(Percent::parse("-1").is_err());
    }

    #[test]
    fn a_journal_of_an_earlier_version_is_still_read() {
        let limit: Pricing = serde_json::from_str(r#"{"type":"limit","price":"180.25"}"#).unwrap();
        assert_eq!(limit.limit(), Some(Price::parse("180.25").unwrap()));
    }
}
