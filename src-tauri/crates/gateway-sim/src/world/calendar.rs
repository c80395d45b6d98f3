//! Dates: the simulated trading day, and the expiries of futures.

use jiff::civil::{Date, Weekday};
use jiff::{Timestamp, ToSpan, tz::TimeZone};

const DAY_MS: i64 = 86_400_000;
/// The simulated day turns at midnight five hours west of Greenwich, the year round.
const DAY_OFFSET_MS: i64 = 5 * 3_600_000;

/// The number of the simulated day at this moment (unix ms).
pub(super) fn trading_day(at: i64) -> i64 {
    (at - DAY_OFFSET_MS).div_euclid(DAY_MS)
}

/// When the simulated day begins, unix ms.
pub(super) fn day_start(day: i64) -> i64 {
    day * DAY_MS + DAY_OFFSET_MS
}

/// The UTC date at this moment (unix ms); the epoch for moments beyond the calendar.
pub(super) fn utc_date(at: i64) -> Date {
    Timestamp::from_millisecond(at)
        .unwrap_or(Timestamp::UNIX_EPOCH)
        .to_zoned(TimeZone::UTC)
        .date()
}

/// The date five hours west of Greenwich at this moment (unix ms).
pub(super) fn eastern_date(at: i64) -> Date {
    utc_date(at.saturating_sub(DAY_OFFSET_MS))
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

/// When auctions are held, every day of the week: five hours west of Greenwich, the year round.
const OPEN_MS: i64 = 9 * 3_600_000 + 1_800_000;
const CLOSE_MS: i64 = 16 * 3_600_000;

/// The next opening auction after this moment (unix ms).
pub(super) fn next_open(at: i64) -> i64 {
    next_at(OPEN_MS, at)
}

/// The next closing auction after this moment (unix ms).
pub(super) fn next_close(at: i64) -> i64 {
    next_at(CLOSE_MS, at)
}

fn next_at(time_of_day: i64, at: i64) -> i64 {
    let today = trading_day(at) * DAY_MS + DAY_OFFSET_MS + time_of_day;
    if today > at { today } else { today + DAY_MS }
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
    let time = jiff::civil::Time::strptime("%H:%M:%S", time)
        .or_else(|_| jiff::civil::Time::strptime("%H:%M", time))
        .ok()?;
    let zoned = date.to_datetime(time).to_zoned(zone).ok()?;
    words
        .next()
        .is_none()
        .then(|| zoned.timestamp().as_millisecond())
}
