//! Quotes: what the market says, tick by tick.

use crate::id::ConId;
use crate::instant::UnixMillis;
use crate::observed::{Observed, Source};
use rust_decimal::Decimal;
use std::time::Duration;

/// One field of a quote.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum QuoteField {
    Bid,
    Ask,
    Last,
    BidSize,
    AskSize,
    LastSize,
    High,
    Low,
    Open,
    Close,
    Volume,
    /// Contracts of an option that are held open.
    OpenInterest,
    /// A year's volatility as a share, 0.25 = 25 %: of an option as the broker's model has it, of
    /// a stock that of its 30-day options.
    ImpliedVolatility,
    /// A stock's volatility of 30 days, a year's as a share.
    HistoricalVolatility,
    /// By how much an option's price changes with its underlying's, by the broker's model.
    Delta,
    /// By how much the delta changes with the underlying's price.
    Gamma,
    /// By how much the price changes in a day.
    Theta,
    /// By how much the price changes with one percentage point of volatility.
    Vega,
    /// What the broker's model says an option is worth.
    ModelPrice,
    /// The price of the underlying that the model was given.
    UnderlyingPrice,
    /// How many of a stock trade on a day, on the average of 90 days.
    AverageVolume,
}

/// How many fields are of the market itself; what comes after is reckoned from it.
const OF_THE_MARKET: usize = QuoteField::Volume as usize + 1;
const FIELDS: usize = QuoteField::ALL.len();

impl QuoteField {
    /// All of them, in the order of their slots.
    pub const ALL: [QuoteField; 21] = [
        Self::Bid,
        Self::Ask,
        Self::Last,
        Self::BidSize,
        Self::AskSize,
        Self::LastSize,
        Self::High,
        Self::Low,
        Self::Open,
        Self::Close,
        Self::Volume,
        Self::OpenInterest,
        Self::ImpliedVolatility,
        Self::HistoricalVolatility,
        Self::Delta,
        Self::Gamma,
        Self::Theta,
        Self::Vega,
        Self::ModelPrice,
        Self::UnderlyingPrice,
        Self::AverageVolume,
    ];

    fn slot(self) -> usize {
        self as usize
    }
}

/// One change of one field. `value: None` says that the field has no value now (the wire's
/// −1 price with no size: no bid, no offer).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tick {
    /// Of which contract.
    pub con_id: ConId,
    /// Which field.
    pub field: QuoteField,
    /// Its new value.
    pub value: Option<Decimal>,
    /// Live, delayed or frozen.
    pub source: Source,
    /// When it was received.
    pub at: UnixMillis,
}

/// The latest of every field of one contract.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Quote {
    fields: [Option<Observed<Decimal>>; FIELDS],
}

impl Quote {
    /// A field as last seen.
    #[must_use]
    pub fn get(&self, field: QuoteField) -> Option<Observed<Decimal>> {
        self.fields[field.slot()]
    }

    /// Takes a tick; true when a value or its source changed (a repeat only renews its age).
    pub fn take(&mut self, tick: &Tick) -> bool {
        let slot = &mut self.fields[tick.field.slot()];
        let new = tick.value.map(|value| Observed {
            value,
            at: tick.at,
            source: tick.source,
        });
        let changed = slot.map(|o| (o.value, o.source)) != new.map(|o| (o.value, o.source));
        *slot = new;
        changed
    }

    /// The price that stands for the contract now: last when it lies within bid and ask,
    /// else the middle of both, else last, else close. Its source says which kind it is.
    #[must_use]
    pub fn mark(&self) -> Option<Observed<Decimal>> {
        let (bid, ask) = (self.get(QuoteField::Bid), self.get(QuoteField::Ask));
        let last = self.get(QuoteField::Last);
        if let (Some(bid), Some(ask)) = (bid, ask) {
            if let Some(last) = last
                && last.value >= bid.value
                && last.value <= ask.value
            {
                return Some(last);
            }
            return Some(Observed {
                value: (bid.value + ask.value) / Decimal::TWO,
                at: bid.at.min(ask.at),
                source: if bid.source == ask.source {
                    bid.source
                } else {
                    Source::Model
                },
            });
        }
        last.or_else(|| {
            self.get(QuoteField::Close).map(|close| Observed {
                source: Source::Frozen,
                ..close
            })
        })
    }

    fn of_the_market(&self) -> impl Iterator<Item = &Observed<Decimal>> {
        self.fields[..OF_THE_MARKET].iter().flatten()
    }

    /// A price of the market with the moment of the last word of that market, from the same
    /// source: all fields come by one line, so a price that does not move stands while another
    /// field does.
    #[must_use]
    pub fn standing(&self, field: QuoteField) -> Option<Observed<Decimal>> {
        let seen = self.get(field)?;
        let same = self.of_the_market().filter(|o| o.source == seen.source);
        let at = same.map(|o| o.at).max().unwrap_or(seen.at);
        Some(Observed { at, ..seen })
    }

    /// The newest moment at which any field of the market was seen.
    #[must_use]
    pub fn newest(&self) -> Option<UnixMillis> {
        self.of_the_market().map(|seen| seen.at).max()
    }

    /// Whether something live of the market was seen within `limit` before `now`. What a model
    /// says comes without one.
    #[must_use]
    pub fn is_fresh(&self, now: UnixMillis, limit: Duration) -> bool {
        self.of_the_market()
            .any(|seen| seen.source == Source::Live && now.since(seen.at) <= limit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tick(field: QuoteField, value: &str, at: i64) -> Tick {
        Tick {
            con_id: ConId::new(1).unwrap(),
            field,
            value: Some(value.parse().unwrap()),
            source: Source::Live,
            at: UnixMillis(at),
        }
    }

    #[test]
    fn what_a_model_says_makes_no_quote_fresh() {
        let mut quote = Quote::default();
        quote.take(&tick(QuoteField::Delta, "0.5", 1_000));
        let soon = UnixMillis(1_001);
        assert!(!quote.is_fresh(soon, Duration::from_secs(5)));
        assert_eq!(quote.newest(), None);
        quote.take(&tick(QuoteField::Bid, "5", 1_000));
        assert!(quote.is_fresh(soon, Duration::from_secs(5)));
    }

    #[test]
    fn the_mark_is_the_last_price_only_while_it_lies_in_the_market() {
        let mut quote = Quote::default();
        quote.take(&tick(QuoteField::Last, "10.00", 1));
        assert_eq!(quote.mark().unwrap().value, Decimal::TEN);
        quote.take(&tick(QuoteField::Bid, "11.00", 2));
        quote.take(&tick(QuoteField::Ask, "11.10", 3));
        assert_eq!(quote.mark().unwrap().value, "11.05".parse().unwrap());
    }

    #[test]
    fn a_repeated_value_renews_the_age_without_counting_as_a_change() {
        let mut quote = Quote::default();
        assert!(quote.take(&tick(QuoteField::Bid, "5", 1)));
        assert!(!quote.take(&tick(QuoteField::Bid, "5", 9)));
        assert_eq!(quote.newest(), Some(UnixMillis(9)));
    }

    #[test]
    fn a_delayed_price_is_never_fresh() {
        let mut quote = Quote::default();
        quote.take(&Tick {
            source: Source::Delayed,
            ..tick(QuoteField::Bid, "5", 100)
        });
        assert!(!quote.is_fresh(UnixMillis(100), Duration::from_secs(15)));
    }
}
