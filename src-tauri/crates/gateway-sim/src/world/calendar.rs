//! Dates: the simulated trading day, and the expiries of futures.

use std::sync::OnceLock;

use jiff::civil::{Date, DateTime, Time, Weekday, time};
use jiff::tz::{TimeZone, offset};
use jiff::{Timestamp, ToSpan};

const DAY_MS: i64 = 86_400_000;

/// New York's zone, in which the simulated day turns.
fn new_york() -> &'static TimeZone {
    static ZONE: OnceLock<TimeZone> = OnceLock::new();
    ZONE.get_or_init(|| {
        // Without a time-zone database the day turns as it does in winter.
        TimeZone::get("America/New_York").unwrap_or_else(|_| TimeZone::fixed(offset(-5)))
    })
}

/// The number of the simulated day at this moment (unix ms): New York's date, counted from 1970.
pub(super) fn trading_day(at: i64) -> i64 {
    number(eastern_date(at))
}

/// The number of the simulated day with this date.
pub(super) fn number(date: Date) -> i64 {
    utc_midnight(date).div_euclid(DAY_MS)
}

/// The date of a simulated day.
pub(super) fn date(day: i64) -> Date {
    utc_date(day.saturating_mul(DAY_MS))
}

/// When the simulated day begins, unix ms: midnight in New York.
pub(super) fn day_start(day: i64) -> i64 {
    in_new_york(date(day).to_datetime(Time::midnight()))
}

/// The moment at which New York's clocks show this, unix ms.
fn in_new_york(shown: DateTime) -> i64 {
    new_york()
        .to_ambiguous_timestamp(shown)
        .compatible()
        .map_or(0, Timestamp::as_millisecond)
}

/// When the simulated day of this moment began, both unix ms.
pub(crate) fn day_start_at(at: i64) -> i64 {
    day_start(trading_day(at))
}

/// When the simulated day began that was this many days before the one of this moment, unix ms.
pub(crate) fn days_before(at: i64, days: i64) -> i64 {
    day_start(trading_day(at) - days)
}

/// The UTC date at this moment (unix ms); the epoch for moments beyond the calendar.
pub(super) fn utc_date(at: i64) -> Date {
    Timestamp::from_millisecond(at)
        .unwrap_or(Timestamp::UNIX_EPOCH)
        .to_zoned(TimeZone::UTC)
        .date()
}

/// New York's date at this moment (unix ms); the epoch's for moments beyond the calendar.
pub(super) fn eastern_date(at: i64) -> Date {
    let moment = Timestamp::from_millisecond(at).unwrap_or(Timestamp::UNIX_EPOCH);
    new_york().to_datetime(moment).date()
}

/// Midnight UTC at the beginning of the date, unix ms.
pub(super) fn utc_midnight(date: Date) -> i64 {
    date.to_zoned(TimeZone::UTC)
        .map_or(0, |moment| moment.timestamp().as_millisecond())
}

/// `YYYYMMDD`.
pub(super) fn compact(date: Date) -> String {
    format!("{:04}{:02}{:02}", date.year(), date.month(), date.day())
}

/// First day of the next month.
pub(super) fn next_month(date: Date) -> Date {
    let first = date.first_of_month();
    first.checked_add(1.month()).unwrap_or(first)
}

/// Third Friday of the month: when equity index futures end.
pub(super) fn third_friday(month: Date) -> Date {
    month
        .nth_weekday_of_month(3, Weekday::Friday)
        .unwrap_or(month)
}

/// The last weekday up to the 20th of the month before: about when crude oil futures end.
pub(super) fn crude_last_day(month: Date) -> Date {
    let first = month.first_of_month();
    let mut day = first
        .checked_sub(1.month())
        .map_or(first, |before| before.saturating_add(19.days()));
    while matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) {
        day = day.saturating_sub(1.day());
    }
    day
}

/// The letter of a futures month: January is `F`, December `Z`.
pub(super) fn month_letter(month: Date) -> char {
    const LETTERS: [char; 12] = ['F', 'G', 'H', 'J', 'K', 'M', 'N', 'Q', 'U', 'V', 'X', 'Z'];
    let index = usize::try_from(month.month() - 1).unwrap_or(0);
    LETTERS.get(index).copied().unwrap_or('F')
}

/// When auctions are held, every day of the week, in New York's time.
const OPEN: Time = time(9, 30, 0, 0);
const CLOSE: Time = time(16, 0, 0, 0);

/// The next opening auction after this moment (unix ms).
pub(super) fn next_open(at: i64) -> i64 {
    next_at(OPEN, at)
}

/// The next closing auction after this moment (unix ms).
pub(super) fn next_close(at: i64) -> i64 {
    next_at(CLOSE, at)
}

fn next_at(shown: Time, at: i64) -> i64 {
    let date = eastern_date(at);
    let today = in_new_york(date.to_datetime(shown));
    if today > at {
        return today;
    }
    let tomorrow = date.tomorrow().unwrap_or(date);
    in_new_york(tomorrow.to_datetime(shown))
}

/// A moment as clients write it, in unix ms: `20260102 15:00:00 US/Eastern`, `20260102-15:00:00`
/// (UTC), or `15:00:00` with or without a zone, on the day of `now`. Without a zone it is UTC.
pub fn moment(text: &str, now: i64) -> Option<i64> {
    let mut words = text.split_whitespace();
    let first = words.next()?;
    let (date, time) = match first.split_once('-') {
        Some((date, time)) => (Some(date), time),
        None if first.contains(':') => (None, first),
        None => (Some(first), words.next()?),
    };
    let zone = match words.next() {
        None => TimeZone::UTC,
        Some(name) => TimeZone::get(name).ok()?,
    };
    let date = match date {
        Some(date) => Date::strptime("%Y%m%d", date).ok()?,
        None => Timestamp::from_millisecond(now)
            .ok()?
            .to_zoned(zone.clone())
            .date(),
    };
    let shown = Time::strptime("%H:%M:%S", time)
        .or_else(|_| Time::strptime("%H:%M", time))
        .ok()?;
    let zoned = date.to_datetime(shown).to_zoned(zone).ok()?;
    words
        .next()
        .is_none()
        .then(|| zoned.timestamp().as_millisecond())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> i64 {
        text.parse::<Timestamp>().unwrap().as_millisecond()
    }

    #[test]
    fn the_day_turns_at_new_yorks_midnight_in_summer_and_in_winter() {
        for midnight in ["2026-01-05T05:00:00Z", "2026-07-06T04:00:00Z"] {
            let midnight = at(midnight);
            let day = trading_day(midnight);
            assert_eq!(trading_day(midnight - 1), day - 1);
            assert_eq!(day_start(day), midnight);
        }
    }

    #[test]
    fn days_on_which_clocks_change_are_as_long_as_they_are() {
        let length = |noon: &str| {
            let day = trading_day(at(noon));
            (day_start(day + 1) - day_start(day)) / 3_600_000
        };
        assert_eq!(length("2026-03-08T16:00:00Z"), 23);
        assert_eq!(length("2026-11-01T17:00:00Z"), 25);
        assert_eq!(length("2026-07-06T16:00:00Z"), 24);
    }

    #[test]
    fn auctions_are_held_by_new_yorks_clocks() {
        assert_eq!(
            next_open(at("2026-01-05T12:00:00Z")),
            at("2026-01-05T14:30:00Z")
        );
        assert_eq!(
            next_open(at("2026-07-06T12:00:00Z")),
            at("2026-07-06T13:30:00Z")
        );
        // The Friday before clocks go forward and the day after it.
        assert_eq!(
            next_close(at("2026-03-07T20:00:00Z")),
            at("2026-03-07T21:00:00Z")
        );
        assert_eq!(
            next_close(at("2026-03-07T21:00:00Z")),
            at("2026-03-08T20:00:00Z")
        );
    }
}
