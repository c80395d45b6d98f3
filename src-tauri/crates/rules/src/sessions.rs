//! When US stocks and options trade, by the calendar of the New York Stock Exchange.
//!
//! The days are those that NYSE Group announced on 8 November 2024 for 2025 to 2027, data of a
//! date: [`AS_OF`]. Some options trade to 16:15, or 13:15 on a short day, which is not said here.
//! Deliberately not here: other exchanges, and halts.

use gatehouse_domain::instant::UnixMillis;
use jiff::civil::{Date, Time, Weekday, date, time};
use jiff::tz::TimeZone;

/// When the exchange announced the list of days.
pub const AS_OF: Date = date(2024, 11, 8);

/// Days without trading.
const CLOSED: [Date; 20] = [
    date(2026, 1, 1),
    date(2026, 1, 19),
    date(2026, 2, 16),
    date(2026, 4, 3),
    date(2026, 5, 25),
    date(2026, 6, 19),
    date(2026, 7, 3),
    date(2026, 9, 7),
    date(2026, 11, 26),
    date(2026, 12, 25),
    date(2027, 1, 1),
    date(2027, 1, 18),
    date(2027, 2, 15),
    date(2027, 3, 26),
    date(2027, 5, 31),
    date(2027, 6, 18),
    date(2027, 7, 5),
    date(2027, 9, 6),
    date(2027, 11, 25),
    date(2027, 12, 24),
];

/// Days that end at 13:00.
const SHORT: [Date; 3] = [date(2026, 11, 27), date(2026, 12, 24), date(2027, 11, 26)];

/// Days on which the exchange trades and banks are closed, so that nothing settles: Columbus and
/// Veterans Day, by the Federal Reserve's list of holidays.
const NOT_SETTLING: [Date; 4] = [
    date(2026, 10, 12),
    date(2026, 11, 11),
    date(2027, 10, 11),
    date(2027, 11, 11),
];

/// The last day of the list.
const KNOWN_UNTIL: Date = date(2027, 12, 31);

/// The rule for New York's clock since 2007, without a file of time zones.
const NEW_YORK: &str = "EST5EDT,M3.2.0,M11.1.0";

/// Where the day of US stocks stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Session {
    /// 9:30 to 16:00, or to 13:00 on a short day.
    Regular,
    /// 4:00 to 9:30.
    PreMarket,
    /// From the close to 20:00.
    AfterHours,
    /// The night, a weekend or a holiday.
    Closed,
}

/// The day and the time of day in New York; `None` when the clock is beyond the calendar.
#[must_use]
pub fn new_york(now: UnixMillis) -> Option<(Date, Time)> {
    let zone = TimeZone::posix(NEW_YORK).ok()?;
    let at = jiff::Timestamp::from_millisecond(now.0)
        .ok()?
        .to_zoned(zone);
    Some((at.date(), at.time()))
}

/// When the regular session of a day in New York begins and ends: nothing inside on a day without
/// one, `None` beyond the days that are known.
#[must_use]
pub fn regular_hours(day: Date) -> Option<Option<(Time, Time)>> {
    if !is_open(day)? {
        return Some(None);
    }
    let close = match SHORT.contains(&day) {
        true => time(13, 0, 0, 0),
        false => time(16, 0, 0, 0),
    };
    Some(Some((time(9, 30, 0, 0), close)))
}

/// How many days of trading there are in New York after one day up to and with another; beyond the
/// days that are known every day is one.
#[must_use]
pub fn days_of_trading(from: Date, to: Date) -> i32 {
    let days = from.series(jiff::ToSpan::days(1)).skip(1);
    let open = days
        .take_while(|day| *day <= to)
        .filter(|day| regular_hours(*day) != Some(None));
    i32::try_from(open.count()).unwrap_or(i32::MAX)
}

/// The session at this moment; `None` beyond the days that are known.
#[must_use]
pub fn session(now: UnixMillis) -> Option<Session> {
    let (day, at) = new_york(now)?;
    let Some((open, close)) = regular_hours(day)? else {
        return Some(Session::Closed);
    };
    Some(if at < time(4, 0, 0, 0) || at >= time(20, 0, 0, 0) {
        Session::Closed
    } else if at < open {
        Session::PreMarket
    } else if at < close {
        Session::Regular
    } else {
        Session::AfterHours
    })
}

/// Whether the exchange opens on this day; `None` beyond the days that are known.
fn is_open(day: Date) -> Option<bool> {
    if day.year() < 2026 || day > KNOWN_UNTIL {
        return None;
    }
    let weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
    Some(!weekend && !CLOSED.contains(&day))
}

/// The day that a trade at this moment counts for: from 20:00 on it is the next one on which the
/// exchange opens. `None` beyond the days that are known.
#[must_use]
pub fn trade_day(at: UnixMillis) -> Option<Date> {
    let (mut day, time_of_day) = new_york(at)?;
    if time_of_day >= time(20, 0, 0, 0) {
        day = day.tomorrow().ok()?;
    }
    while !is_open(day)? {
        day = day.tomorrow().ok()?;
    }
    Some(day)
}

/// When a trade in US stocks and options of this day settles: one business day later (SEC Rule
/// 15c6-1, since 28 May 2024). `None` beyond the days that are known.
#[must_use]
pub fn settles_on(trade_day: Date) -> Option<Date> {
    let mut day = trade_day.tomorrow().ok()?;
    while !is_open(day)? || NOT_SETTLING.contains(&day) {
        day = day.tomorrow().ok()?;
    }
    Some(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> UnixMillis {
        UnixMillis(text.parse::<jiff::Timestamp>().unwrap().as_millisecond())
    }

    #[test]
    fn days_of_trading_leave_weekends_and_holidays_out() {
        let november = |day| jiff::civil::date(2026, 11, day);
        // Thanksgiving is the 26th, a Thursday.
        assert_eq!(days_of_trading(november(25), november(27)), 1);
        assert_eq!(days_of_trading(november(24), november(27)), 2);
        // Friday to Monday.
        assert_eq!(days_of_trading(november(20), november(23)), 1);
        assert_eq!(days_of_trading(november(23), november(20)), 0);
    }

    #[test]
    fn a_day_of_us_stocks_has_its_sessions_in_summer_and_winter() {
        for (moment, expected) in [
            ("2026-09-21T14:13:20Z", Session::Regular),
            ("2026-09-21T13:29:59Z", Session::PreMarket),
            ("2026-09-21T13:30:00Z", Session::Regular),
            ("2026-09-21T20:00:00Z", Session::AfterHours),
            ("2026-09-22T00:00:00Z", Session::Closed),
            ("2026-12-21T14:29:59Z", Session::PreMarket),
            ("2026-12-21T14:30:00Z", Session::Regular),
            ("2026-12-25T15:00:00Z", Session::Closed),
            ("2026-11-27T17:59:59Z", Session::Regular),
            ("2026-11-27T18:00:00Z", Session::AfterHours),
            ("2026-09-20T15:00:00Z", Session::Closed),
        ] {
            assert_eq!(session(at(moment)), Some(expected), "{moment}");
        }
    }

    #[test]
    fn beyond_the_days_that_are_known_nothing_is_said() {
        assert_eq!(session(at("2028-01-03T15:00:00Z")), None);
        assert_eq!(session(UnixMillis(i64::MAX)), None);
    }

    #[test]
    fn a_trade_settles_on_the_next_day_on_which_the_exchange_and_the_banks_are_open() {
        for (trade, settles) in [
            (date(2026, 9, 21), date(2026, 9, 22)),
            (date(2026, 9, 25), date(2026, 9, 28)),
            (date(2026, 11, 25), date(2026, 11, 27)),
            (date(2026, 10, 9), date(2026, 10, 13)),
            (date(2026, 10, 12), date(2026, 10, 13)),
            (date(2026, 12, 24), date(2026, 12, 28)),
        ] {
            assert_eq!(settles_on(trade), Some(settles), "{trade}");
        }
        assert_eq!(settles_on(date(2027, 12, 31)), None);
    }

    #[test]
    fn a_trade_in_the_night_counts_for_the_next_day_that_is_open() {
        for (moment, day) in [
            ("2026-09-21T23:59:59Z", date(2026, 9, 21)),
            ("2026-09-22T00:00:00Z", date(2026, 9, 22)),
            ("2026-09-26T00:30:00Z", date(2026, 9, 28)),
            ("2026-09-27T15:00:00Z", date(2026, 9, 28)),
        ] {
            assert_eq!(trade_day(at(moment)), Some(day), "{moment}");
        }
        assert_eq!(trade_day(UnixMillis(i64::MAX)), None);
    }
}
