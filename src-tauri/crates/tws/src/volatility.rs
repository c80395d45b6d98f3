//! A year of an underlying's implied volatility, day by day. Kept for the exchange's day as chains
//! are. Deliberately not here: bars of prices.

use crate::chains::kept_or;
use crate::contract;
use crate::convert::from_f64;
use crate::lookup::ask;
use crate::shared::Shared;
use gatehouse_desk::port::broker::BrokerError;
use gatehouse_domain::chain::{Dated, DayVolatility};
use gatehouse_domain::contract::Contract;
use gatehouse_domain::derivative::Expiry;
use ibapi::market_data::TradingHours;
use ibapi::market_data::historical::{Bar, BarSize, BarTimestamp, Duration, WhatToShow};
use rust_decimal::Decimal;

/// Oldest first.
pub async fn history(
    shared: &Shared,
    underlying: &Contract,
) -> Result<Dated<Vec<DayVolatility>>, BrokerError> {
    let name = format!("{}-volatility", underlying.con_id);
    kept_or(shared, &name, async |live| {
        let wire = contract::write(underlying);
        let question = live
            .client
            .historical_data(&wire, BarSize::Day)
            .what_to_show(WhatToShow::OptionImpliedVolatility)
            .trading_hours(TradingHours::Regular)
            .duration(Duration::years(1))
            .fetch();
        let told = ask(&live, question).await?;
        let mut days: Vec<DayVolatility> = told.bars.iter().filter_map(day).collect();
        days.sort_by_key(|day| day.day);
        days.dedup_by_key(|day| day.day);
        Ok(days)
    })
    .await
}

/// What stands at a day's close; nothing where there was none that day.
fn day(bar: &Bar) -> Option<DayVolatility> {
    let BarTimestamp::Date(date) = bar.date else {
        return None;
    };
    let (year, month) = (i16::try_from(date.year()).ok()?, u8::from(date.month()));
    let volatility = above_zero(bar.close)?;
    Some(DayVolatility {
        day: Expiry::new(
            year,
            i8::try_from(month).ok()?,
            i8::try_from(date.day()).ok()?,
        )?,
        volatility,
    })
}

fn above_zero(volatility: f64) -> Option<Decimal> {
    from_f64(volatility).filter(|volatility| *volatility > Decimal::ZERO)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_without_a_volatility_is_left_out() {
        for unset in [0.0, -1.0, f64::MAX, f64::NAN] {
            assert_eq!(above_zero(unset), None, "{unset}");
        }
        assert_eq!(above_zero(0.2531), Some(Decimal::new(2531, 4)));
    }
}
