//! Bar sizes, durations and moments as clients write them and want to read them.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use crate::wire::Version;

pub const DAY: i64 = 86_400_000;
const DAY_OFFSET: i64 = 5 * 3_600_000;

/// The legal bar sizes, as the gateway lists them.
pub const LEGAL: &str = "1 secs, 5 secs, 10 secs, 15 secs, 30 secs, 1 min, 2 mins, 3 mins, 5 mins, 10 mins, 15 mins, 20 mins, 30 mins, 1 hour, 2 hours, 3 hours, 4 hours, 8 hours, 1 day, 1W, 1M";

/// How long a bar is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Size {
    /// Milliseconds, less than a day.
    Within(i64),
    Day,
    Week,
    Month,
}

impl Size {
    /// Reads `5 mins`.
    pub fn parse(text: &str) -> Option<Self> {
        const SECOND: i64 = 1_000;
        const MINUTE: i64 = 60_000;
        const HOUR: i64 = 3_600_000;
        let within = |count: i64, unit: i64, legal: &[i64]| {
            legal.contains(&count).then_some(Self::Within(count * unit))
        };
        let text = text.trim().to_ascii_lowercase();
        match text.as_str() {
            "1d" | "1 day" => return Some(Self::Day),
            "1w" | "1 week" => return Some(Self::Week),
            "1m" | "1 month" => return Some(Self::Month),
            _ => {}
        }
        let (count, unit) = text.split_once(' ')?;
        let count = count.parse().ok()?;
        match unit {
            "sec" | "secs" => within(count, SECOND, &[1, 5, 10, 15, 30]),
            "min" | "mins" => within(count, MINUTE, &[1, 2, 3, 5, 10, 15, 20, 30]),
            "hour" | "hours" => within(count, HOUR, &[1, 2, 3, 4, 8]),
            _ => None,
        }
    }
}

/// The start of the simulated day of this moment.
pub fn day_start(at: i64) -> i64 {
    (at - DAY_OFFSET).div_euclid(DAY) * DAY + DAY_OFFSET
}

/// Where a request of this duration that ends at `end` begins. `None` when it is unreadable.
pub fn beginning(duration: &str, end: i64) -> Option<i64> {
    let (count, unit) = duration.trim().split_once(' ')?;
    let count: i64 = count
        .parse()
        .ok()
        .filter(|count| (1..=100_000).contains(count))?;
    let today = day_start(end - 1);
    Some(match unit {
        "S" => end - count * 1_000,
        "D" => today - (count - 1) * DAY,
        "W" => today - (count * 7 - 1) * DAY,
        "M" => today - (count * 30 - 1) * DAY,
        "Y" => today - (count.min(100) * 365 - 1) * DAY,
        _ => return None,
    })
}

/// Reads `20260102 15:00:00 US/Eastern`, `20260102-15:00:00` (UTC) or a date; without a zone it is UTC.
pub fn moment(text: &str) -> Option<i64> {
    let text = text.trim();
    let digits = text
        .get(..8)
        .filter(|date| date.bytes().all(|one| one.is_ascii_digit()))?;
    let rest = text.get(8..)?.trim_start_matches([' ', '-']);
    let (time, zone) = rest.split_once(' ').unwrap_or((rest, "UTC"));
    let time = if time.is_empty() { "00:00:00" } else { time };
    let zone = if zone.trim() == "UTC" || zone.is_empty() {
        TimeZone::UTC
    } else {
        TimeZone::get(zone.trim()).ok()?
    };
    DateTime::strptime("%Y%m%d %H:%M:%S", format!("{digits} {time}"))
        .or_else(|_| DateTime::strptime("%Y%m%d %H:%M", format!("{digits} {time}")))
        .and_then(|moment| moment.to_zoned(zone))
        .map(|moment| moment.timestamp().as_millisecond())
        .ok()
}

/// `YYYYMMDD` of the simulated day that begins at this moment.
pub fn date(day: i64) -> String {
    in_zone(day, &TimeZone::UTC, "%Y%m%d")
}

/// How moments within a day are written to this client.
pub fn intraday(at: i64, format_date: i32, zone: &str, version: Version) -> String {
    if format_date == 2 {
        return at.div_euclid(1_000).to_string();
    }
    if version.number() < 174 {
        return in_zone(at, &TimeZone::UTC, "%Y%m%d  %H:%M:%S");
    }
    match TimeZone::get(zone) {
        Ok(found) => format!("{} {zone}", in_zone(at, &found, "%Y%m%d %H:%M:%S")),
        Err(_) => in_zone(at, &TimeZone::UTC, "%Y%m%d %H:%M:%S UTC"),
    }
}

/// `20260102-15:00:00`, in UTC.
pub fn dashed(at: i64) -> String {
    in_zone(at, &TimeZone::UTC, "%Y%m%d-%H:%M:%S")
}

fn in_zone(at: i64, zone: &TimeZone, format: &str) -> String {
    Timestamp::from_millisecond(at)
        .map(|moment| moment.to_zoned(zone.clone()).strftime(format).to_string())
        .unwrap_or_default()
}

/// Where the bar that holds `at` begins and ends.
pub fn span(size: Size, at: i64) -> (i64, i64) {
    let day = day_start(at);
    match size {
        Size::Within(ms) => {
            // Counted from midnight in UTC, except that no bar crosses into a new day.
            let start = at.div_euclid(ms) * ms;
            (start.max(day), (start + ms).min(day + DAY))
        }
        Size::Day => (day, day + DAY),
        Size::Week => {
            let number = (day - DAY_OFFSET) / DAY;
            // 1 January 1970 was a Thursday.
            let monday = day - (number + 3).rem_euclid(7) * DAY;
            (monday, monday + 7 * DAY)
        }
        Size::Month => month(day),
    }
}

fn month(day: i64) -> (i64, i64) {
    let Ok(moment) = Timestamp::from_millisecond(day) else {
        return (day, day + DAY);
    };
    let date = moment.to_zoned(TimeZone::UTC).date();
    let first = day - i64::from(date.day() - 1) * DAY;
    (first, first + i64::from(date.days_in_month()) * DAY)
}

/// `2026-01-02 15:00:00.0`, in UTC, as headlines have it.
pub fn spaced(at: i64) -> String {
    in_zone(at, &TimeZone::UTC, "%Y-%m-%d %H:%M:%S.0")
}
