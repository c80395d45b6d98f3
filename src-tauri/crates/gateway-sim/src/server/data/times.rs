//! Bar sizes, durations and moments as clients write them and want to read them.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

use crate::wire::Version;

pub const DAY: i64 = 86_400_000;

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

/// How far back a request reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    Seconds(i64),
    /// Dates on which there was a session.
    Sessions(usize),
    /// Days of the calendar.
    Days(i64),
}

impl Reach {
    /// Reads `2 D`, `1800 S`, `1 M`.
    pub fn parse(duration: &str) -> Option<Self> {
        let (count, unit) = duration.trim().split_once(' ')?;
        let count: i64 = count
            .parse()
            .ok()
            .filter(|count| (1..=100_000).contains(count))?;
        Some(match unit {
            "S" => Self::Seconds(count),
            "D" => Self::Sessions(usize::try_from(count).ok()?),
            "W" => Self::Days(count * 7),
            "M" => Self::Days(count * 30),
            "Y" => Self::Days(count.min(100) * 365),
            _ => return None,
        })
    }
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

/// `YYYYMMDD`.
pub fn date(date: Date) -> String {
    date.strftime("%Y%m%d").to_string()
}

/// The zone that an instrument's times are told in.
#[derive(Clone, Debug)]
pub struct Zone {
    pub name: &'static str,
    zone: TimeZone,
}

impl Zone {
    /// The zone of this name; UTC where nobody knows it.
    pub fn named(name: &'static str) -> Self {
        TimeZone::get(name).map_or(
            Self {
                name: "UTC",
                zone: TimeZone::UTC,
            },
            |zone| Self { name, zone },
        )
    }

    /// How moments within a day are written to this client.
    pub fn intraday(&self, at: i64, format_date: i32, version: Version) -> String {
        if format_date == 2 {
            return at.div_euclid(1_000).to_string();
        }
        if version.number() < 174 {
            return in_zone(at, &TimeZone::UTC, "%Y%m%d  %H:%M:%S");
        }
        let local = in_zone(at, &self.zone, "%Y%m%d %H:%M:%S");
        format!("{local} {}", self.name)
    }

    /// `20260102-15:00:00`.
    pub fn dashed(&self, at: i64) -> String {
        in_zone(at, &self.zone, "%Y%m%d-%H:%M:%S")
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

/// `2026-01-02 15:00:00.0`, in UTC, as headlines have it.
pub fn spaced(at: i64) -> String {
    in_zone(at, &TimeZone::UTC, "%Y-%m-%d %H:%M:%S.0")
}
