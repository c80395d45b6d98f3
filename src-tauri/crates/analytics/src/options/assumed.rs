//! What the model is told beside prices and volatilities: one rate, and the dividends in cash that
//! are announced. Dividends that nobody has announced yet are in no figure.
//!
//! Deliberately not here: who announces them, and words about it.

use super::day_count::{NEW_YORK, years_between};
use super::model::{CashDividend, Market};
use super::payoff::chance::Lognormal;
use gatehouse_domain::Decimal;
use gatehouse_domain::derivative::Expiry;
use gatehouse_domain::instant::UnixMillis;
use jiff::tz::TimeZone;
use rust_decimal::prelude::ToPrimitive;

/// A dividend in cash that is announced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dividend {
    /// The first moment of trading without it.
    pub ex: UnixMillis,
    /// For one share.
    pub amount: Decimal,
}

impl Dividend {
    /// Of a share of the United States that trades without it all this day, trading before the
    /// open included. `None` outside of the calendar.
    #[must_use]
    pub fn on(ex_day: Expiry, amount: Decimal) -> Option<Self> {
        let zone = TimeZone::get(NEW_YORK).ok()?;
        let first = ex_day.date().to_zoned(zone).ok()?;
        let ex = first.timestamp().as_millisecond();
        Some(Self {
            ex: UnixMillis(ex),
            amount,
        })
    }
}

/// What is supposed of the money market and of the underlying's dividends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assumed {
    /// A year's rate, in percent.
    pub rate: Decimal,
    /// What is announced, those behind us included or not.
    pub dividends: Vec<Dividend>,
}

impl Assumed {
    /// A rate, in percent, and nothing announced.
    #[must_use]
    pub fn rate(rate: Decimal) -> Self {
        Self {
            rate,
            dividends: Vec::new(),
        }
    }

    /// The rate as a share.
    pub(super) fn share(&self) -> f64 {
        self.rate.to_f64().unwrap_or(f64::NAN) / 100.0
    }

    /// The underlying at this price, as the model sees it at this moment.
    pub(super) fn market(&self, price: f64, now: UnixMillis) -> Market {
        let ahead = self.dividends.iter().filter(|dividend| dividend.ex > now);
        Market {
            dividends: ahead
                .map(|dividend| CashDividend {
                    years: years_between(now, dividend.ex),
                    amount: dividend.amount.to_f64().unwrap_or(f64::NAN),
                })
                .collect(),
            ..Market::with_yield(price, self.share(), 0.0)
        }
    }

    /// The prices at a later moment: dividends until then fall out of the price.
    pub(super) fn outcomes(
        &self,
        price: f64,
        volatility: f64,
        from: UnixMillis,
        end: UnixMillis,
    ) -> Option<Lognormal> {
        let years = years_between(from, end);
        let paid = self.market(price, from).cash_value(years);
        Lognormal::new(price - paid, volatility, years, self.share())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::options::day_count::{End, Settlement};

    fn day(text: &str) -> Expiry {
        Expiry::from_wire(text).unwrap()
    }

    fn moment(text: &str) -> UnixMillis {
        UnixMillis(text.parse::<jiff::Timestamp>().unwrap().as_millisecond())
    }

    fn paying() -> Assumed {
        Assumed {
            rate: Decimal::from(4),
            dividends: vec![Dividend::on(day("20261210"), Decimal::new(150, 2)).unwrap()],
        }
    }

    #[test]
    fn a_share_trades_without_its_dividend_all_the_ex_day() {
        let ex = paying().dividends[0].ex;
        assert_eq!(ex, moment("2026-12-10T05:00:00Z"));
        let before = paying().market(100.0, moment("2026-12-10T01:00:00Z"));
        assert_eq!(before.dividends.len(), 1);
        let after = paying().market(100.0, moment("2026-12-10T09:00:00Z"));
        assert_eq!(after.dividends, Vec::new());
    }

    #[test]
    fn what_is_paid_on_the_way_lowers_the_prices_that_are_expected() {
        let now = moment("2026-11-30T15:00:00Z");
        let end = |text| {
            let settlement = Settlement::Afternoon { early: false };
            End::in_new_york(day(text), settlement).unwrap().at()
        };
        let mean = |assumed: Assumed, end| {
            let outcomes = assumed.outcomes(100.0, 0.3, now, end).unwrap();
            outcomes.mean()
        };
        let plain = || Assumed::rate(Decimal::from(4));
        let later = end("20261218");
        let apart = mean(plain(), later) - mean(paying(), later);
        assert!((apart - 1.5).abs() < 0.01, "{apart}");
        let sooner = end("20261204");
        assert_eq!(mean(plain(), sooner), mean(paying(), sooner));
    }
}
