//! When options end: dailies, weeklies, third Fridays, Januaries far out. A holiday moves an end to the day before.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use super::super::calendar;
use super::classes::Calendar;

/// How far ahead series are listed at all, from the scenario's start.
const YEARS: i64 = 3;
/// Days ahead that a daily, a weekly, a monthly series is shown.
const DAILY: i64 = 14;
const WEEKLY: i64 = 56;
const MONTHLY: i64 = 200;
/// March, June, September and December are shown a year ahead.
const QUARTERLY: i64 = 380;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Daily,
    Weekly,
    Monthly,
    Quarterly,
    /// A January.
    Leaps,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Expiry {
    /// The day on which the holder's right ends.
    pub(super) date: Date,
    /// The last day on which it trades; the day before where it settles in the morning.
    pub(super) last_trade: Date,
    pub(super) kind: Kind,
}

impl Expiry {
    /// Whether a chain shows it on this day.
    pub(super) fn is_shown(&self, today: Date) -> bool {
        let ahead = i64::from(
            self.date
                .since(today)
                .map_or(i32::MAX, |span| span.get_days()),
        );
        let limit = match self.kind {
            Kind::Daily => DAILY,
            Kind::Weekly => WEEKLY,
            Kind::Monthly => MONTHLY,
            Kind::Quarterly => QUARTERLY,
            Kind::Leaps => i64::MAX,
        };
        (0..=limit).contains(&ahead)
    }
}

/// Every series of the calendar in the years after `start`, earliest first.
pub(super) fn of(kind: Calendar, start: Date) -> Vec<Expiry> {
    let end = start.saturating_add((YEARS * 365).days());
    let mut found: Vec<Expiry> = Vec::new();
    let mut day = start;
    while day <= end {
        if let Some(one) = listed(kind, day, start) {
            found.push(one);
        }
        day = day.saturating_add(1.day());
    }
    found.dedup_by_key(|one| one.date);
    found
}

/// The series whose nominal day is this, if there is one.
fn listed(kind: Calendar, day: Date, start: Date) -> Option<Expiry> {
    let third = calendar::third_friday(day.first_of_month()) == day;
    let expiry = match (kind, day.weekday()) {
        (_, Weekday::Friday) if third => match day.month() {
            1 => Kind::Leaps,
            3 | 6 | 9 | 12 => Kind::Quarterly,
            _ => Kind::Monthly,
        },
        (Calendar::IndexMornings | Calendar::Monthly, _)
        | (_, Weekday::Saturday | Weekday::Sunday) => return None,
        (_, Weekday::Friday) => Kind::Weekly,
        (Calendar::Weekly, _) => return None,
        _ if is_holiday(day) => return None,
        _ => Kind::Daily,
    };
    let date = before_holiday(day);
    if date < start {
        return None;
    }
    let last_trade = if kind == Calendar::IndexMornings {
        before_holiday(date.yesterday().unwrap_or(date))
    } else {
        date
    };
    Some(Expiry {
        date,
        last_trade,
        kind: expiry,
    })
}

/// The simulated day itself, or the last one before it on which exchanges open.
pub(in super::super) fn open_day(day: i64) -> i64 {
    calendar::number(before_holiday(calendar::date(day)))
}

fn before_holiday(day: Date) -> Date {
    let mut open = day;
    while is_holiday(open) || matches!(open.weekday(), Weekday::Saturday | Weekday::Sunday) {
        open = open.saturating_sub(1.day());
    }
    open
}

/// The days on which US exchanges are closed.
pub(super) fn is_holiday(day: Date) -> bool {
    let nth = |nth: i8, weekday| {
        day.nth_weekday_of_month(nth, weekday)
            .is_ok_and(|that| that == day)
    };
    // A fixed day that falls on a Sunday is kept on Monday, on a Saturday on Friday.
    let kept = |month: i8, number: i8| {
        day.month() == month
            && match day.weekday() {
                Weekday::Monday => day.day() == number || day.day() == number + 1,
                Weekday::Friday => day.day() == number || day.day() == number - 1,
                Weekday::Saturday | Weekday::Sunday => false,
                _ => day.day() == number,
            }
    };
    match day.month() {
        1 => kept(1, 1) || nth(3, Weekday::Monday),
        2 => nth(3, Weekday::Monday),
        3 | 4 => good_friday(day.year()) == Some(day),
        5 => nth(-1, Weekday::Monday),
        6 => kept(6, 19),
        7 => kept(7, 4),
        9 => nth(1, Weekday::Monday),
        11 => nth(4, Weekday::Thursday),
        12 => kept(12, 25),
        _ => false,
    }
}

/// Two days before Easter in the Gregorian calendar.
fn good_friday(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (golden, century, in_century) = (y % 19, y / 100, y % 100);
    let moon =
        (19 * golden + century - century / 4 - (century - (century + 8) / 25 + 1) / 3 + 15) % 30;
    let weekday = (32 + 2 * (century % 4) + 2 * (in_century / 4) - moon - in_century % 4) % 7;
    let shift = (golden + 11 * moon + 22 * weekday) / 451;
    let sum = moon + weekday - 7 * shift + 114;
    let easter = Date::new(
        year,
        i8::try_from(sum / 31).ok()?,
        i8::try_from(sum % 31 + 1).ok()?,
    )
    .ok()?;
    easter.checked_sub(2.days()).ok()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn ends_on_holidays_move_to_the_day_before() {
        let dates: Vec<Date> = of(Calendar::Weekly, date(2026, 1, 2))
            .iter()
            .map(|e| e.date)
            .collect();
        for expected in [
            date(2026, 1, 2),
            date(2026, 1, 16),
            date(2026, 4, 2),   // Good Friday
            date(2026, 6, 18),  // the third Friday is a holiday
            date(2026, 7, 2),   // Independence Day is a Saturday
            date(2026, 12, 24), // Christmas
            date(2028, 1, 21),
        ] {
            assert!(dates.contains(&expected), "{expected}");
        }
        assert!(dates.is_sorted());
        assert!(!dates.contains(&date(2026, 6, 19)));
    }

    #[test]
    fn the_index_has_mornings_and_every_day() {
        let mornings = of(Calendar::IndexMornings, date(2026, 1, 2));
        let first = mornings.first().copied();
        assert_eq!(
            first,
            Some(Expiry {
                date: date(2026, 1, 16),
                last_trade: date(2026, 1, 15),
                kind: Kind::Leaps
            })
        );
        let shown = of(Calendar::IndexDaily, date(2026, 1, 2))
            .into_iter()
            .filter(|one| one.is_shown(date(2026, 1, 2)))
            .count();
        assert!((18..=36).contains(&shown), "{shown}");
    }
}
