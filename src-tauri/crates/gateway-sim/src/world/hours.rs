//! When markets are open: always, or by the exchanges' hours with a dated table of US holidays.
//!
//! The table holds the full closings and early closes of the New York exchanges; futures and pairs
//! keep their weekly rhythm only, and Hong Kong its weekdays. Sources: the exchanges' published
//! calendars for 2024 to 2028.

use jiff::civil::{Date, DateTime, Time, Weekday, date, time};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use serde::{Deserialize, Serialize};

use super::calendar::{self, compact};
use super::instrument::{Instrument, SecType};

/// Whether the world keeps opening hours.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Hours {
    /// Every market is open day and night.
    #[default]
    Always,
    /// Markets open and close as the exchanges do.
    Exchange,
}

/// A stretch in which an instrument trades without a pause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Session {
    /// The date that it counts for.
    pub date: Date,
    /// Unix ms.
    pub opens: i64,
    /// Unix ms.
    pub closes: i64,
}

/// Days on which the New York exchanges are closed.
const US_CLOSED: [Date; 51] = [
    date(2024, 1, 1),
    date(2024, 1, 15),
    date(2024, 2, 19),
    date(2024, 3, 29),
    date(2024, 5, 27),
    date(2024, 6, 19),
    date(2024, 7, 4),
    date(2024, 9, 2),
    date(2024, 11, 28),
    date(2024, 12, 25),
    date(2025, 1, 1),
    date(2025, 1, 9),
    date(2025, 1, 20),
    date(2025, 2, 17),
    date(2025, 4, 18),
    date(2025, 5, 26),
    date(2025, 6, 19),
    date(2025, 7, 4),
    date(2025, 9, 1),
    date(2025, 11, 27),
    date(2025, 12, 25),
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
    date(2028, 1, 17),
    date(2028, 2, 21),
    date(2028, 4, 14),
    date(2028, 5, 29),
    date(2028, 6, 19),
    date(2028, 7, 4),
    date(2028, 9, 4),
    date(2028, 11, 23),
    date(2028, 12, 25),
    date(2029, 1, 1),
];

/// Days on which the New York exchanges close at 13:00.
const US_SHORT: [Date; 12] = [
    date(2024, 7, 3),
    date(2024, 11, 29),
    date(2024, 12, 24),
    date(2025, 7, 3),
    date(2025, 11, 28),
    date(2025, 12, 24),
    date(2026, 11, 27),
    date(2026, 12, 24),
    date(2027, 11, 26),
    date(2028, 7, 3),
    date(2028, 11, 24),
    date(2029, 7, 3),
];

/// A market's week.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Rhythm {
    /// New York: 09:30 to 16:00, and with `extended` 04:00 to 20:00.
    NewYork { extended: bool },
    /// 09:30 to 12:00 and 13:00 to 16:00 on weekdays.
    HongKong,
    /// Sunday evening to Friday evening with a pause each day, in New York's time.
    RoundTheClock { opens: Time },
}

impl Rhythm {
    fn of(instrument: &Instrument, extended: bool) -> Self {
        match instrument.sec_type {
            SecType::Future => Self::RoundTheClock {
                opens: time(18, 0, 0, 0),
            },
            SecType::Cash => Self::RoundTheClock {
                opens: time(17, 15, 0, 0),
            },
            SecType::Stock if instrument.time_zone == "Asia/Hong_Kong" => Self::HongKong,
            SecType::Stock => Self::NewYork { extended },
            // What is made of shares, and the index, lives by the liquid hours.
            _ => Self::NewYork { extended: false },
        }
    }

    fn zone(self) -> &'static str {
        match self {
            Self::HongKong => "Asia/Hong_Kong",
            _ => "America/New_York",
        }
    }

    /// The spans in which a date's session is open, in local time.
    fn session(self, day: Date) -> Vec<(DateTime, DateTime)> {
        let weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
        if weekend {
            return Vec::new();
        }
        match self {
            Self::NewYork { .. } if US_CLOSED.contains(&day) => Vec::new(),
            Self::NewYork { extended } => {
                let short = US_SHORT.contains(&day);
                let (from, to) = match (extended, short) {
                    (false, false) => (day.at(9, 30, 0, 0), day.at(16, 0, 0, 0)),
                    (false, true) => (day.at(9, 30, 0, 0), day.at(13, 0, 0, 0)),
                    (true, false) => (day.at(4, 0, 0, 0), day.at(20, 0, 0, 0)),
                    (true, true) => (day.at(4, 0, 0, 0), day.at(17, 0, 0, 0)),
                };
                vec![(from, to)]
            }
            Self::HongKong => vec![
                (day.at(9, 30, 0, 0), day.at(12, 0, 0, 0)),
                (day.at(13, 0, 0, 0), day.at(16, 0, 0, 0)),
            ],
            Self::RoundTheClock { opens } => {
                let before = day.yesterday().unwrap_or(day);
                vec![(before.to_datetime(opens), day.at(17, 0, 0, 0))]
            }
        }
    }
}

fn local(at: i64, zone: &str) -> Option<DateTime> {
    let zone = TimeZone::get(zone).ok()?;
    let moment = Timestamp::from_millisecond(at).ok()?;
    Some(moment.to_zoned(zone).datetime())
}

/// Whether the instrument trades at this moment (unix ms); `extended` before and after the liquid hours too.
pub(super) fn is_open(hours: Hours, instrument: &Instrument, at: i64, extended: bool) -> bool {
    if hours == Hours::Always {
        return true;
    }
    let rhythm = Rhythm::of(instrument, extended);
    let Some(now) = local(at, rhythm.zone()) else {
        return true;
    };
    // A session may have begun on the evening before its date.
    [now.date(), now.date().tomorrow().unwrap_or(now.date())]
        .into_iter()
        .flat_map(|day| rhythm.session(day))
        .any(|(from, to)| from <= now && now < to)
}

/// The stretches of trading that overlap `from .. to` (unix ms), earliest first. Where every market
/// is always open they are the simulated days.
pub(super) fn sessions(
    hours: Hours,
    instrument: &Instrument,
    from: i64,
    to: i64,
    extended: bool,
) -> Vec<Session> {
    if hours == Hours::Always {
        return (calendar::trading_day(from)..=calendar::trading_day(to - 1))
            .map(|day| Session {
                date: calendar::eastern_date(calendar::day_start(day)),
                opens: calendar::day_start(day),
                closes: calendar::day_start(day + 1),
            })
            .collect();
    }
    let rhythm = Rhythm::of(instrument, extended);
    let (Some(first), Some(last), Ok(zone)) = (
        local(from, rhythm.zone()),
        local(to, rhythm.zone()),
        TimeZone::get(rhythm.zone()),
    ) else {
        return Vec::new();
    };
    let moment = |at: DateTime| {
        let zoned = at.to_zoned(zone.clone()).ok()?;
        Some(zoned.timestamp().as_millisecond())
    };
    let (mut date, last) = (first.date(), last.date().saturating_add(1.day()));
    let mut found = Vec::new();
    while date <= last {
        found.extend(
            rhythm
                .session(date)
                .into_iter()
                .filter_map(|(opens, closes)| {
                    Some(Session {
                        date,
                        opens: moment(opens)?,
                        closes: moment(closes)?,
                    })
                }),
        );
        date = date.saturating_add(1.day());
    }
    found.retain(|one| one.closes > from && one.opens < to);
    found
}

/// The last moment up to `at` (unix ms) at which the instrument traded.
pub(super) fn last_open(hours: Hours, instrument: &Instrument, at: i64) -> i64 {
    if hours == Hours::Always {
        return at;
    }
    // No market stays closed for longer.
    const LONGEST: i64 = 10 * 86_400_000;
    sessions(hours, instrument, at - LONGEST, at + 1, false)
        .last()
        .map_or(at, |session| session.closes.min(at))
}

/// When the instrument's market opens next, in its own time; `None` when it is open or nobody knows.
pub(super) fn next_opening(hours: Hours, instrument: &Instrument, at: i64) -> Option<DateTime> {
    if is_open(hours, instrument, at, false) {
        return None;
    }
    let rhythm = Rhythm::of(instrument, false);
    let now = local(at, rhythm.zone())?;
    let mut day = now.date();
    for _ in 0..10 {
        if let Some((from, _)) = rhythm
            .session(day)
            .into_iter()
            .find(|(from, _)| *from > now)
        {
            return Some(from);
        }
        day = day.tomorrow().ok()?;
    }
    None
}

/// Six days of hours as contract details carry them: `20260102:0930-20260102:1600;20260103:CLOSED`.
pub(super) fn listed(instrument: &Instrument, at: i64, extended: bool) -> Option<String> {
    let rhythm = Rhythm::of(instrument, extended);
    let today = local(at, rhythm.zone())?.date();
    let mut days = Vec::with_capacity(6);
    for offset in 0..6 {
        let day = today.checked_add(offset.days()).ok()?;
        let spans: Vec<_> = rhythm
            .session(day)
            .into_iter()
            .map(|(from, to)| format!("{}-{}", stamp(from), stamp(to)))
            .collect();
        days.push(if spans.is_empty() {
            format!("{}:CLOSED", compact(day))
        } else {
            spans.join(",")
        });
    }
    Some(days.join(";"))
}

fn stamp(at: DateTime) -> String {
    format!("{}:{:02}{:02}", compact(at.date()), at.hour(), at.minute())
}
