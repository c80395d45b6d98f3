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

/// The UTC date at this moment (unix ms); the epoch for moments beyond the calendar.
pub(super) fn utc_date(at: i64) -> Date {
    Timestamp::from_millisecond(at)
        .unwrap_or(Timestamp::UNIX_EPOCH)
        .to_zoned(TimeZone::UTC)
        .date()
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
