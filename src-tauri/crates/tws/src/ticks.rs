//! Ticks as the library gives them, as changes of a quote's fields.

use crate::convert::{from_f64, nonzero};
use gatehouse_domain::derivative::Right;
use gatehouse_domain::id::ConId;
use gatehouse_domain::instant::UnixMillis;
use gatehouse_domain::observed::Source;
use gatehouse_domain::quote::{QuoteField, Tick};
use ibapi::contracts::OptionComputation;
use ibapi::contracts::tick_types::TickType;
use ibapi::market_data::MarketDataType;
use ibapi::market_data::realtime::TickTypes;
use rust_decimal::Decimal;

/// Reads the ticks of one contract.
#[derive(Debug)]
pub struct Reader {
    con_id: ConId,
    right: Option<Right>,
    mode: Source,
}

impl Reader {
    /// `right` is an option's.
    pub fn new(con_id: ConId, right: Option<Right>) -> Self {
        Self {
            con_id,
            right,
            mode: Source::Live,
        }
    }

    /// Whose ticks it reads.
    pub fn con_id(&self) -> ConId {
        self.con_id
    }

    /// From now on what comes is delayed, unless the gateway says otherwise.
    pub fn delayed(&mut self) {
        if self.mode == Source::Live {
            self.mode = Source::Delayed;
        }
    }

    /// Appends what the item changes.
    pub fn take(&mut self, item: &TickTypes, at: UnixMillis, ticks: &mut Vec<Tick>) {
        match item {
            TickTypes::Price(tick) => {
                self.push(&tick.tick_type, price(tick.price, None), at, ticks);
            }
            TickTypes::PriceSize(tick) => {
                let size = Some(tick.size);
                self.push(&tick.price_tick_type, price(tick.price, size), at, ticks);
                self.push(&tick.size_tick_type, nonzero(tick.size), at, ticks);
            }
            // Of a call the puts' open interest is told as zero, and the reverse.
            TickTypes::Size(tick) if self.is_of_the_other_right(&tick.tick_type) => {}
            TickTypes::Size(tick) => {
                self.push(&tick.tick_type, nonzero(tick.size), at, ticks);
            }
            TickTypes::OptionComputation(told) => self.model(told, at, ticks),
            TickTypes::Generic(tick) => {
                // Zero is what the library makes of a value that was not there.
                let value = share(Some(tick.value)).filter(|value| !value.is_zero());
                self.push(&tick.tick_type, value, at, ticks);
            }
            TickTypes::MarketDataType(told) => {
                self.mode = match told {
                    MarketDataType::Realtime => Source::Live,
                    MarketDataType::Frozen => Source::Frozen,
                    MarketDataType::DelayedFrozen => Source::DelayedFrozen,
                    // A kind that is not known is surely not live.
                    MarketDataType::Delayed | MarketDataType::Unknown => Source::Delayed,
                };
            }
            _ => {}
        }
    }

    /// Calls' open interest on a put's line, or puts' on a call's.
    fn is_of_the_other_right(&self, kind: &TickType) -> bool {
        match kind {
            TickType::OptionCallOpenInterest => self.right == Some(Right::Put),
            TickType::OptionPutOpenInterest => self.right == Some(Right::Call),
            _ => false,
        }
    }

    /// What the broker's model says. What it reckons from bid, offer and last is left out: the
    /// model's is the one that TWS shows.
    fn model(&self, told: &OptionComputation, at: UnixMillis, ticks: &mut Vec<Tick>) {
        use QuoteField as F;
        let delayed = match told.field {
            TickType::ModelOption => false,
            TickType::DelayedModelOption => true,
            _ => return,
        };
        for (field, value) in [
            (F::ImpliedVolatility, told.implied_volatility),
            (F::Delta, told.delta),
            (F::Gamma, told.gamma),
            (F::Theta, told.theta),
            (F::Vega, told.vega),
            (F::ModelPrice, told.option_price),
            (F::UnderlyingPrice, told.underlying_price),
        ] {
            self.told(field, delayed, share(value), at, ticks);
        }
    }

    fn push(&self, kind: &TickType, value: Option<Decimal>, at: UnixMillis, ticks: &mut Vec<Tick>) {
        if let Some((field, delayed)) = field(kind) {
            self.told(field, delayed, value, at, ticks);
        }
    }

    fn told(
        &self,
        field: QuoteField,
        delayed: bool,
        value: Option<Decimal>,
        at: UnixMillis,
        ticks: &mut Vec<Tick>,
    ) {
        let source = match self.mode {
            Source::Live if delayed => Source::Delayed,
            Source::Frozen if delayed => Source::DelayedFrozen,
            mode => mode,
        };
        ticks.push(Tick {
            con_id: self.con_id,
            field,
            value,
            source,
            at,
        });
    }
}

/// A price. −1 stands for "there is none", and so does a zero, unless a size comes with it:
/// spreads and some futures do trade at such prices.
fn price(price: f64, size: Option<f64>) -> Option<Decimal> {
    let unsized_price = size.is_none_or(|size| size == 0.0);
    if unsized_price && (price == -1.0 || price == 0.0) {
        return None;
    }
    from_f64(price)
}

/// What a model reckoned, to eight places: it is not exact beyond them.
fn share(value: Option<f64>) -> Option<Decimal> {
    const PLACES: f64 = 1e8;
    from_f64((value? * PLACES).round() / PLACES)
}

/// The field of a tick id, and whether it is the delayed one.
fn field(kind: &TickType) -> Option<(QuoteField, bool)> {
    use QuoteField as F;
    Some(match kind {
        TickType::Bid => (F::Bid, false),
        TickType::Ask => (F::Ask, false),
        TickType::Last => (F::Last, false),
        TickType::BidSize => (F::BidSize, false),
        TickType::AskSize => (F::AskSize, false),
        TickType::LastSize => (F::LastSize, false),
        TickType::High => (F::High, false),
        TickType::Low => (F::Low, false),
        TickType::Open => (F::Open, false),
        TickType::Close => (F::Close, false),
        TickType::Volume => (F::Volume, false),
        TickType::AvgVolume => (F::AverageVolume, false),
        TickType::DelayedBid => (F::Bid, true),
        TickType::DelayedAsk => (F::Ask, true),
        TickType::DelayedLast => (F::Last, true),
        TickType::DelayedBidSize => (F::BidSize, true),
        TickType::DelayedAskSize => (F::AskSize, true),
        TickType::DelayedLastSize => (F::LastSize, true),
        TickType::DelayedHigh => (F::High, true),
        TickType::DelayedLow => (F::Low, true),
        TickType::DelayedOpen => (F::Open, true),
        TickType::DelayedClose => (F::Close, true),
        TickType::DelayedVolume => (F::Volume, true),
        TickType::OptionCallOpenInterest | TickType::OptionPutOpenInterest => {
            (F::OpenInterest, false)
        }
        TickType::OptionImpliedVol => (F::ImpliedVolatility, false),
        TickType::OptionHistoricalVol => (F::HistoricalVolatility, false),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use ibapi::market_data::realtime::{TickGeneric, TickPrice, TickPriceSize, TickSize};

    fn read(items: &[TickTypes]) -> Vec<(QuoteField, Option<String>, Source)> {
        let mut reader = Reader::new(ConId::new(1).unwrap(), Some(Right::Call));
        let mut ticks = Vec::new();
        for item in items {
            reader.take(item, UnixMillis(5), &mut ticks);
        }
        ticks
            .into_iter()
            .map(|t| (t.field, t.value.map(|v| v.to_string()), t.source))
            .collect()
    }

    fn bid(price: f64, size: f64) -> TickTypes {
        TickTypes::PriceSize(TickPriceSize {
            price_tick_type: TickType::Bid,
            price,
            size_tick_type: TickType::BidSize,
            size,
            ..TickPriceSize::default()
        })
    }

    #[test]
    fn a_price_with_its_size_changes_both_fields() {
        assert_eq!(
            read(&[bid(180.01, 300.0)]),
            [
                (QuoteField::Bid, Some("180.01".into()), Source::Live),
                (QuoteField::BidSize, Some("300".into()), Source::Live)
            ]
        );
    }

    #[test]
    fn minus_one_without_size_means_that_there_is_no_price() {
        assert_eq!(
            read(&[bid(-1.0, 0.0)]),
            [
                (QuoteField::Bid, None, Source::Live),
                (QuoteField::BidSize, None, Source::Live)
            ]
        );
        assert_eq!(read(&[bid(-1.0, 5.0)])[0].1.as_deref(), Some("-1"));
    }

    #[test]
    fn a_delayed_tick_is_marked_whatever_the_gateway_says_of_the_line() {
        let delayed = TickTypes::Price(TickPrice {
            tick_type: TickType::DelayedLast,
            price: 5.0,
            ..TickPrice::default()
        });
        let frozen = TickTypes::MarketDataType(MarketDataType::Frozen);
        let read = read(&[delayed, frozen, bid(4.0, 1.0)]);
        assert_eq!(
            read[0],
            (QuoteField::Last, Some("5".into()), Source::Delayed)
        );
        assert_eq!(read[1].2, Source::Frozen);
    }

    #[test]
    fn no_mark_for_unset_is_a_price_or_a_size_of_a_tick() {
        for unset in crate::convert::UNSET {
            for (_, value, _) in read(&[bid(unset, 0.0), bid(unset, unset)]) {
                assert_eq!(value, None, "{unset}");
            }
        }
    }

    #[test]
    fn open_interest_that_is_no_longer_told_is_not_known_and_the_other_rights_is_not_ours() {
        let size = |tick_type, size| TickTypes::Size(TickSize { tick_type, size });
        let told = read(&[
            size(TickType::OptionCallOpenInterest, 20_879.0),
            size(TickType::OptionPutOpenInterest, 0.0),
            size(TickType::OptionCallOpenInterest, 0.0),
        ]);
        assert_eq!(
            told,
            [
                (QuoteField::OpenInterest, Some("20879".into()), Source::Live),
                (QuoteField::OpenInterest, None, Source::Live),
            ]
        );
    }

    #[test]
    fn a_volatility_that_is_not_there_is_not_zero() {
        let generic = TickTypes::Generic(TickGeneric {
            tick_type: TickType::OptionImpliedVol,
            value: 0.0,
        });
        assert_eq!(
            read(&[generic]),
            [(QuoteField::ImpliedVolatility, None, Source::Live)]
        );
    }

    #[test]
    fn an_unset_size_is_no_size() {
        let size = TickTypes::Size(TickSize {
            tick_type: TickType::Volume,
            size: f64::MAX,
        });
        assert_eq!(read(&[size]), [(QuoteField::Volume, None, Source::Live)]);
    }
}
