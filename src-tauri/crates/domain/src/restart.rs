//! The gateway's own restart: TWS and IB Gateway end and start again once a day, at a time that
//! their settings name in the computer's time zone.

use crate::instant::UnixMillis;
use jiff::civil::{Time, Weekday};
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp, Zoned};
use std::time::Duration;

/// For how long before it a restart is announced.
pub const ANNOUNCED: Duration = Duration::from_secs(5 * 60);

/// A restart may come a little early, by a clock that differs.
const EARLY: Duration = Duration::from_secs(2 * 60);

/// How long a restart may take before it is a fault.
pub const TAKES: Duration = Duration::from_secs(15 * 60);

/// When the gateway restarts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NightlyRestart {
    at: Time,
    zone: TimeZone,
}

impl NightlyRestart {
    /// At this time of the day in this zone.
    #[must_use]
    pub fn new(at: Time, zone: TimeZone) -> Self {
        Self { at, zone }
    }

    /// The zone of tests, and of computers that have no other.
    #[must_use]
    pub fn utc() -> TimeZone {
        TimeZone::UTC
    }

    /// Reads a time of the day as `23:45`, or as `11:45 PM` as the gateway writes it.
    #[must_use]
    pub fn parse_time(text: &str) -> Option<Time> {
        let text = text.trim().to_ascii_uppercase();
        let (clock, afternoon) = match (text.strip_suffix("AM"), text.strip_suffix("PM")) {
            (Some(clock), _) => (clock, Some(false)),
            (_, Some(clock)) => (clock, Some(true)),
            _ => (text.as_str(), None),
        };
        let (hour, minute) = clock.trim().split_once(':')?;
        let two = |digits: &str, most: usize| {
            let good = !digits.is_empty()
                && digits.len() <= most
                && digits.bytes().all(|b| b.is_ascii_digit());
            good.then(|| digits.parse::<i8>().ok()).flatten()
        };
        let (hour, minute) = (two(hour, 2)?, two(minute, 2).filter(|_| minute.len() == 2)?);
        let hour = match afternoon {
            None => hour,
            Some(_) if !(1..=12).contains(&hour) => return None,
            Some(afternoon) => hour % 12 + if afternoon { 12 } else { 0 },
        };
        Time::new(hour, minute, 0, 0).ok()
    }

    /// The time of the day.
    #[must_use]
    pub fn at(&self) -> Time {
        self.at
    }

    /// As a person reads it: `23:45`.
    #[must_use]
    pub fn time_of_day(&self) -> String {
        self.at.strftime("%H:%M").to_string()
    }

    /// The first restart after this moment. `None` outside the years that a calendar holds.
    #[must_use]
    pub fn next(&self, now: UnixMillis) -> Option<UnixMillis> {
        let today = self.local(now)?;
        [0, 1, 2]
            .into_iter()
            .filter_map(|days| self.on(&today, days))
            .find(|at| *at > now)
    }

    /// The last restart at or before this moment.
    #[must_use]
    pub fn last(&self, now: UnixMillis) -> Option<UnixMillis> {
        let today = self.local(now)?;
        [0, -1, -2]
            .into_iter()
            .filter_map(|days| self.on(&today, days))
            .find(|at| *at <= now)
    }

    /// The restart that explains why the gateway is away at this moment: one that began up to
    /// [`TAKES`] ago, or is about to begin.
    #[must_use]
    pub fn under_way(&self, now: UnixMillis) -> Option<UnixMillis> {
        let soon = self.next(now).filter(|at| at.since(now) <= EARLY);
        soon.or_else(|| self.last(now).filter(|at| now.since(*at) < TAKES))
    }

    /// The restart that is to be announced at this moment.
    #[must_use]
    pub fn announced(&self, now: UnixMillis) -> Option<UnixMillis> {
        self.next(now).filter(|at| at.since(now) <= ANNOUNCED)
    }

    /// Whether a gateway that has been away since its last restart likely waits for the weekly
    /// login: IBKR ends all sessions on Sunday, and the one after it wants the second factor.
    #[must_use]
    pub fn weekly_login_is_due(&self, down_since: UnixMillis, now: UnixMillis) -> bool {
        let Some(began) = self.last(down_since.plus(EARLY)) else {
            return false;
        };
        // Away since that restart, rather than ended or looked for at another time.
        let since_then = down_since.since(began) < TAKES && now.since(began) >= TAKES;
        let weekday = self.local(began).map(|at| at.weekday());
        since_then && matches!(weekday, Some(Weekday::Sunday | Weekday::Monday))
    }

    fn local(&self, at: UnixMillis) -> Option<Zoned> {
        let at = Timestamp::from_millisecond(at.0).ok()?;
        Some(at.to_zoned(self.zone.clone()))
    }

    /// On the day so many days after this one. A time that a change of the clock leaves out is
    /// taken as long after midnight as it would have been.
    fn on(&self, day: &Zoned, days: i64) -> Option<UnixMillis> {
        let day = day.date().checked_add(Span::new().days(days)).ok()?;
        let at = day.to_datetime(self.at).to_zoned(self.zone.clone()).ok()?;
        Some(UnixMillis(at.timestamp().as_millisecond()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> UnixMillis {
        UnixMillis(text.parse::<Timestamp>().unwrap().as_millisecond())
    }

    fn chicago() -> NightlyRestart {
        let zone = TimeZone::get("America/Chicago").unwrap();
        NightlyRestart::new(NightlyRestart::parse_time("23:45").unwrap(), zone)
    }

    #[test]
    fn times_are_read_as_people_and_gateways_write_them() {
        for (text, wanted) in [
            ("23:45", Some((23, 45))),
            (" 11:45 PM", Some((23, 45))),
            ("12:00 am", Some((0, 0))),
            ("12:30PM", Some((12, 30))),
            ("7:05", Some((7, 5))),
            ("24:00", None),
            ("23:5", None),
            ("0:30 PM", None),
            ("-1:30", None),
            ("2345", None),
            ("", None),
        ] {
            let read = NightlyRestart::parse_time(text).map(|t| (t.hour(), t.minute()));
            assert_eq!(read, wanted, "{text:?}");
        }
    }

    #[test]
    fn the_next_restart_is_in_the_persons_time_zone() {
        let restart = chicago();
        let winter = restart.next(at("2026-01-15T12:00:00Z")).unwrap();
        assert_eq!(winter, at("2026-01-16T05:45:00Z"));
        let summer = restart.next(at("2026-07-15T12:00:00Z")).unwrap();
        assert_eq!(summer, at("2026-07-16T04:45:00Z"));
        assert_eq!(restart.last(winter).unwrap(), winter);
        assert_eq!(restart.next(winter).unwrap(), at("2026-01-17T05:45:00Z"));
    }

    #[test]
    fn on_the_day_on_which_an_hour_is_left_out_there_is_a_restart() {
        let zone = TimeZone::get("America/Chicago").unwrap();
        let restart = NightlyRestart::new(Time::new(2, 30, 0, 0).unwrap(), zone);
        // 2026-03-08 02:30 does not exist in Chicago.
        let next = restart.next(at("2026-03-08T06:30:00Z")).unwrap();
        assert_eq!(next, at("2026-03-08T08:30:00Z"));
    }

    #[test]
    fn it_is_announced_five_minutes_before_and_explains_a_quarter_of_an_hour() {
        let restart = chicago();
        let begins = at("2026-01-16T05:45:00Z");
        assert_eq!(restart.announced(at("2026-01-16T05:39:59Z")), None);
        assert_eq!(restart.announced(at("2026-01-16T05:40:00Z")), Some(begins));
        assert_eq!(restart.announced(begins), None);
        for (text, explained) in [
            ("2026-01-16T05:42:00Z", false),
            ("2026-01-16T05:43:00Z", true),
            ("2026-01-16T05:45:00Z", true),
            ("2026-01-16T05:59:59Z", true),
            ("2026-01-16T06:00:00Z", false),
        ] {
            let found = restart.under_way(at(text));
            assert_eq!(found, explained.then_some(begins), "{text}");
        }
    }

    #[test]
    fn a_gateway_away_since_sundays_restart_waits_for_the_weekly_login() {
        let restart = chicago();
        // 2026-01-18 is a Sunday.
        let sunday = at("2026-01-19T05:45:00Z");
        let hour = |n: u64| sunday.plus(Duration::from_secs(n * 3600));
        assert!(!restart.weekly_login_is_due(sunday, sunday.plus(Duration::from_secs(600))));
        assert!(restart.weekly_login_is_due(sunday, hour(1)));
        assert!(restart.weekly_login_is_due(sunday, hour(20)));
        assert!(restart.weekly_login_is_due(sunday, hour(30)));
        // Away since long before, looked for only later, or another day's restart.
        assert!(!restart.weekly_login_is_due(at("2026-01-17T12:00:00Z"), hour(1)));
        assert!(!restart.weekly_login_is_due(hour(3), hour(4)));
        let wednesday = at("2026-01-22T05:45:00Z");
        let later = wednesday.plus(Duration::from_secs(3600));
        assert!(!restart.weekly_login_is_due(wednesday, later));
    }
}
