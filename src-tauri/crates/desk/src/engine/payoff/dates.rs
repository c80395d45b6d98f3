//! The dates of the lines before the first expiry: days of the exchange, taken at its close, so
//! that a day that is kept stays the same line all day; an empty one is now.

use super::bad;
use crate::error::ApiError;
use crate::view::{DateLies, PayoffDateView};
use gatehouse_analytics::options::picture::close_of;
use gatehouse_domain::Decimal;
use gatehouse_domain::chain::exchange_day;
use gatehouse_domain::derivative::Expiry;
use gatehouse_domain::instant::UnixMillis;

/// How many lines one picture takes beside that at expiry.
const MOST: usize = 4;

/// Each date's moment, never before now.
pub(super) fn moments(dates: &[String], now: UnixMillis) -> Result<Vec<UnixMillis>, ApiError> {
    if dates.len() > MOST {
        return Err(bad(format!("A picture takes {MOST} dates.")));
    }
    let moment = |typed: &String| {
        let close = day_of(typed)?.and_then(close_of);
        Ok(close.map_or(now, |close| close.max(now)))
    };
    dates.iter().map(moment).collect()
}

/// Where each date lies between today and the first expiry.
pub(super) fn lying(
    dates: &[String],
    first: Option<Expiry>,
    now: UnixMillis,
) -> Result<Vec<PayoffDateView>, ApiError> {
    let today = exchange_day(now);
    let lie = |typed: &String| {
        let day = day_of(typed)?;
        let lies = match day {
            Some(day) if today.is_some_and(|today| day < today) => DateLies::Past,
            Some(day) if first.is_some_and(|first| day > first) => DateLies::Beyond,
            _ => DateLies::Ahead,
        };
        Ok(PayoffDateView {
            day: day.map(Expiry::wire),
            lies,
        })
    };
    dates.iter().map(lie).collect()
}

/// The figures of the dates that lie ahead; of others there are none.
pub(super) fn drawn(
    dates: &[PayoffDateView],
    figures: Vec<Option<Decimal>>,
) -> Vec<Option<Decimal>> {
    let figure = |(date, figure): (&PayoffDateView, Option<Decimal>)| {
        figure.filter(|_| date.lies == DateLies::Ahead)
    };
    dates.iter().zip(figures).map(figure).collect()
}

fn day_of(typed: &str) -> Result<Option<Expiry>, ApiError> {
    match typed.trim() {
        "" => Ok(None),
        wire => Expiry::from_wire(wire)
            .map(Some)
            .ok_or_else(|| bad(format!("{wire:?} is no day."))),
    }
}
