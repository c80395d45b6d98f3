//! How long an option has to run: from its last day and hour, in its exchange's zone, to now.
//!
//! Calendar time, in years of 365 days, as the model counts it. Deliberately not here: trading
//! time, and which day or hour a contract ends on. That is the contract's to tell: an index
//! option that settles in the morning ends at the open of its settlement day.

use gatehouse_domain::derivative::Expiry;
use gatehouse_domain::instant::UnixMillis;
use jiff::civil::Time;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

const MILLIS_A_YEAR: f64 = 365.0 * 24.0 * 3600.0 * 1000.0;

/// When an option's price is settled on its last day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Settlement {
    /// At the open: 9:30 in New York.
    Morning,
    /// At the close: 16:00 in New York, 13:00 on days when the exchange closes early.
    Afternoon {
        /// Whether the exchange closes early on the last day.
        early: bool,
    },
}

/// The zone of the exchanges of the United States.
pub const NEW_YORK: &str = "America/New_York";

/// The moment at which an option ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct End {
    day: Expiry,
    at: UnixMillis,
    zone: TimeZone,
}

impl End {
    /// On this day at this hour, as the clocks of this zone (an IANA name) show it. `None` when
    /// the zone is not known.
    #[must_use]
    pub fn new(day: Expiry, hour: Time, zone: &str) -> Option<Self> {
        let zone = TimeZone::get(zone).ok()?;
        let at = day.date().to_datetime(hour).to_zoned(zone.clone()).ok()?;
        Some(Self {
            day,
            at: UnixMillis(at.timestamp().as_millisecond()),
            zone,
        })
    }

    /// As options of the United States are settled.
    #[must_use]
    pub fn in_new_york(day: Expiry, settlement: Settlement) -> Option<Self> {
        let hour = match settlement {
            Settlement::Morning => Time::constant(9, 30, 0, 0),
            Settlement::Afternoon { early: false } => Time::constant(16, 0, 0, 0),
            Settlement::Afternoon { early: true } => Time::constant(13, 0, 0, 0),
        };
        Self::new(day, hour, NEW_YORK)
    }

    /// The moment itself.
    #[must_use]
    pub fn at(&self) -> UnixMillis {
        self.at
    }

    /// Years of 365 days from now to the end; zero when it is over.
    #[must_use]
    pub fn years_from(&self, now: UnixMillis) -> f64 {
        years_between(now, self.at)
    }

    /// Midnights of the exchange's zone between now and the end: zero on the last day, also
    /// after the end. This is what chains write beside an expiry.
    #[must_use]
    pub fn days_from(&self, now: UnixMillis) -> Option<i32> {
        let today = Timestamp::from_millisecond(now.0)
            .ok()?
            .to_zoned(self.zone.clone())
            .date();
        let last = self.day.date();
        let days = today.until(last).ok()?.get_days();
        Some(days.max(0))
    }

    /// The same end, this many days sooner or later. `None` outside of the calendar.
    #[must_use]
    pub fn plus_days(&self, days: i32) -> Option<UnixMillis> {
        let moved = Timestamp::from_millisecond(self.at.0)
            .ok()?
            .to_zoned(self.zone.clone())
            .checked_add(days.days())
            .ok()?;
        Some(UnixMillis(moved.timestamp().as_millisecond()))
    }
}

/// Years of 365 days from one moment to a later one; zero when it is not later.
#[must_use]
pub fn years_between(from: UnixMillis, to: UnixMillis) -> f64 {
    to.0.saturating_sub(from.0).max(0) as f64 / MILLIS_A_YEAR
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moment(text: &str) -> UnixMillis {
        UnixMillis(text.parse::<Timestamp>().unwrap().as_millisecond())
    }

    fn end(settlement: Settlement) -> End {
        End::in_new_york(Expiry::new(2026, 12, 18).unwrap(), settlement).unwrap()
    }

    const CLOSE: Settlement = Settlement::Afternoon { early: false };

    #[test]
    fn an_option_ends_at_the_close_in_new_york() {
        assert_eq!(end(CLOSE).at(), moment("2026-12-18T21:00:00Z"));
        assert_eq!(
            end(Settlement::Morning).at(),
            moment("2026-12-18T14:30:00Z")
        );
        let early = Settlement::Afternoon { early: true };
        assert_eq!(end(early).at(), moment("2026-12-18T18:00:00Z"));
    }

    #[test]
    fn clocks_that_change_on_the_way_are_counted() {
        // The clocks go back on 1 November: an hour more.
        let now = moment("2026-10-18T20:00:00Z");
        let hours = end(CLOSE).years_from(now) * 365.0 * 24.0;
        assert!((hours - (61.0 * 24.0 + 1.0)).abs() < 1e-9, "{hours}");
    }

    #[test]
    fn what_has_expired_has_no_time_left() {
        for late in [
            "2026-12-18T21:00:00Z",
            "2026-12-18T21:00:01Z",
            "2027-01-01T00:00:00Z",
        ] {
            assert_eq!(end(CLOSE).years_from(moment(late)), 0.0);
            assert_eq!(end(CLOSE).days_from(moment(late)), Some(0));
        }
    }

    #[test]
    fn days_are_midnights_of_the_exchange() {
        let days = |now| end(CLOSE).days_from(moment(now));
        assert_eq!(days("2026-12-18T14:00:00Z"), Some(0));
        // Still the evening of the 17th in New York.
        assert_eq!(days("2026-12-18T04:59:00Z"), Some(1));
        assert_eq!(days("2026-11-18T15:00:00Z"), Some(30));
        assert_eq!(
            end(CLOSE).plus_days(-1),
            Some(moment("2026-12-17T21:00:00Z"))
        );
    }

    #[test]
    fn a_zone_that_nobody_knows_is_refused() {
        let day = Expiry::new(2026, 12, 18).unwrap();
        assert_eq!(End::new(day, Time::midnight(), "Atlantis/Centre"), None);
    }
}
