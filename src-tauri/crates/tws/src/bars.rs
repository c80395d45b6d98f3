//! Half a year of a contract's days of trading, for how far its price usually moves and with what. One request,
//! paced as every other, and kept for the exchange's day as chains are. Deliberately not here: bars of
//! other sizes, and bars that are kept up to date.

use crate::chains::kept_or;
use crate::contract;
use crate::convert::from_f64;
use crate::lookup::ask;
use crate::shared::Shared;
use gatehouse_desk::port::broker::BrokerError;
use gatehouse_domain::bar::DayBar;
use gatehouse_domain::chain::Dated;
use gatehouse_domain::contract::{Contract, SecurityKind};
use gatehouse_domain::derivative::Expiry;
use ibapi::market_data::TradingHours;
use ibapi::market_data::historical::{Bar, BarSize, BarTimestamp, Duration, WhatToShow};
use rust_decimal::Decimal;

/// Oldest first. The newest day may still be under way.
pub async fn days(shared: &Shared, contract: &Contract) -> Result<Dated<Vec<DayBar>>, BrokerError> {
    let name = format!("{}-half-year", contract.con_id);
    kept_or(shared, &name, async |live| {
        let wire = contract::write(contract);
        // Currencies have no trades of their own.
        let what = match contract.kind {
            SecurityKind::Forex => WhatToShow::MidPoint,
            _ => WhatToShow::Trades,
        };
        let question = live
            .client
            .historical_data(&wire, BarSize::Day)
            .what_to_show(what)
            .trading_hours(TradingHours::Regular)
            .duration(Duration::months(6))
            .fetch();
        let told = ask(&live, question).await?;
        let mut days: Vec<DayBar> = told.bars.iter().filter_map(day).collect();
        days.sort_by_key(|day| day.day);
        days.dedup_by_key(|day| day.day);
        Ok(days)
    })
    .await
}

/// Nothing where a price is none.
fn day(bar: &Bar) -> Option<DayBar> {
    let BarTimestamp::Date(date) = bar.date else {
        return None;
    };
    let month = i8::try_from(u8::from(date.month())).ok()?;
    let day = Expiry::new(
        i16::try_from(date.year()).ok()?,
        month,
        i8::try_from(date.day()).ok()?,
    )?;
    let above_zero = |price: f64| from_f64(price).filter(|price| *price > Decimal::ZERO);
    let (high, low) = (above_zero(bar.high)?, above_zero(bar.low)?);
    let close = above_zero(bar.close)?;
    (high >= low).then_some(DayBar {
        day,
        high,
        low,
        close,
    })
}
