//! The orders attached to an entry (a bracket): a take-profit, a stop, or both.

use crate::decimal::Price;
use crate::pricing::{Percent, Pricing, TrailBy};
use crate::tif::TimeInForce;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// Orders that close what the entry opened. They wait until it fills; the first that fills
/// cancels the other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Exits {
    take_profit: Option<Price>,
    stop: Option<Pricing>,
    /// How long they stand: `Day` or `Gtc`.
    tif: TimeInForce,
}

impl Exits {
    /// At least one of both; `stop` has to be a stop, a stop-limit or a trailing stop.
    #[must_use]
    pub fn new(
        take_profit: Option<Price>,
        stop: Option<Pricing>,
        tif: TimeInForce,
    ) -> Option<Self> {
        let stops = stop.is_none_or(Pricing::is_stop);
        let some = take_profit.is_some() || stop.is_some();
        let stands = matches!(tif, TimeInForce::Day | TimeInForce::Gtc);
        (stops && some && stands).then_some(Self {
            take_profit,
            stop,
            tif,
        })
    }

    /// The limit of the take-profit.
    #[must_use]
    pub fn take_profit(&self) -> Option<Price> {
        self.take_profit
    }

    /// How the stop is priced.
    #[must_use]
    pub fn stop(&self) -> Option<Pricing> {
        self.stop
    }

    /// How long they stand.
    #[must_use]
    pub fn tif(&self) -> TimeInForce {
        self.tif
    }

    /// Where the stop stands at first when the entry fills at `entry`, for a long position
    /// (`sign` +1) or a short one (−1).
    #[must_use]
    pub fn stop_level(&self, entry: Decimal, sign: Decimal) -> Option<Decimal> {
        let stop = self.stop?;
        if let Some(trigger) = stop.trigger() {
            return Some(trigger.get());
        }
        let (Pricing::Trail { by, .. } | Pricing::TrailLimit { by, .. }) = stop else {
            return None;
        };
        let distance = match by {
            TrailBy::Amount { amount } => amount.get(),
            TrailBy::Percent { percent } => entry * percent.share(),
        };
        Some(entry - sign * distance)
    }
}

/// How the stop of a bracket is made.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, specta::Type,
)]
#[serde(rename_all = "camelCase")]
pub enum StopKind {
    /// `STP`.
    #[default]
    Stop,
    /// `STP LMT`.
    StopLimit,
    /// `TRAIL`.
    Trail,
}

/// The unit of a trailing distance.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, specta::Type,
)]
#[serde(rename_all = "camelCase")]
pub enum TrailUnit {
    /// In the instrument's currency.
    #[default]
    Amount,
    /// In percent of the price.
    Percent,
}

impl TrailUnit {
    /// Reads a distance.
    ///
    /// # Errors
    /// With a sentence that says what to type instead.
    pub fn parse(self, text: &str) -> Result<TrailBy, crate::decimal::NumberError> {
        match self {
            Self::Amount => Price::parse(text).map(|amount| TrailBy::Amount { amount }),
            Self::Percent => Percent::parse(text).map(|percent| TrailBy::Percent { percent }),
        }
    }
}

/// Exits as typed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ExitsInput {
    /// The take-profit's limit; empty for none.
    pub take_profit: String,
    /// Whether there is a stop.
    pub with_stop: bool,
    /// How the stop is made.
    pub stop_kind: StopKind,
    /// The stop's trigger, for `Stop` and `StopLimit`.
    pub stop_price: String,
    /// The stop's limit, for `StopLimit`.
    pub stop_limit: String,
    /// The distance, for `Trail`.
    pub trail: String,
    /// Its unit.
    pub trail_unit: TrailUnit,
    /// They stand until cancelled rather than for the day.
    pub until_cancelled: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exits_have_a_take_profit_or_a_stop_and_the_stop_is_one() {
        let price = Price::parse("10").unwrap();
        let day = TimeInForce::Day;
        assert!(Exits::new(None, None, day).is_none());
        assert!(Exits::new(Some(price), None, day).is_some());
        assert!(Exits::new(None, Some(Pricing::Limit { price }), day).is_none());
        assert!(
            Exits::new(
                None,
                Some(Pricing::Stop { trigger: price }),
                TimeInForce::Ioc
            )
            .is_none()
        );
    }

    #[test]
    fn a_trailing_stop_stands_at_its_distance_from_the_entry() {
        let by = TrailUnit::Percent.parse("5").unwrap();
        let stop = Pricing::Trail { by, trigger: None };
        let exits = Exits::new(None, Some(stop), TimeInForce::Gtc).unwrap();
        let level = exits.stop_level(Decimal::from(200), Decimal::ONE);
        assert_eq!(level, Some(Decimal::from(190)));
        let short = exits.stop_level(Decimal::from(200), Decimal::NEGATIVE_ONE);
        assert_eq!(short, Some(Decimal::from(210)));
    }
}
