//! A moment, in milliseconds since the Unix epoch.

use serde::{Deserialize, Serialize};
use std::time::Duration;

/// Milliseconds since 1970-01-01T00:00:00Z.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct UnixMillis(pub i64);

impl UnixMillis {
    /// How long after `earlier` this moment is; zero when it is not after it, as happens
    /// when the computer's clock is set back.
    #[must_use]
    pub fn since(self, earlier: UnixMillis) -> Duration {
        Duration::from_millis(u64::try_from(self.0.saturating_sub(earlier.0)).unwrap_or(0))
    }

    /// This moment moved forward.
    #[must_use]
    pub fn plus(self, by: Duration) -> UnixMillis {
        UnixMillis(
            self.0
                .saturating_add(i64::try_from(by.as_millis()).unwrap_or(i64::MAX)),
        )
    }

    /// This moment as the wire can carry it: the whole second that it lies in.
    #[must_use]
    pub fn whole_second(self) -> UnixMillis {
        UnixMillis(self.0 - self.0.rem_euclid(1000))
    }

    /// The day that it lies on, in UTC. `None` outside the years that a calendar holds.
    #[must_use]
    pub fn day_utc(self) -> Option<jiff::civil::Date> {
        let at = jiff::Timestamp::from_millisecond(self.0).ok()?;
        Some(at.to_zoned(jiff::tz::TimeZone::UTC).date())
    }

    /// As orders write moments: `20261218-21:00:00`, in UTC, whole seconds. `None` outside
    /// the years that a calendar holds.
    #[must_use]
    pub fn wire_utc(self) -> Option<String> {
        let at = jiff::Timestamp::from_millisecond(self.0).ok()?;
        Some(at.strftime("%Y%m%d-%H:%M:%S").to_string())
    }

    /// Reads what [`Self::wire_utc`] writes.
    #[must_use]
    pub fn from_wire_utc(text: &str) -> Option<Self> {
        let at = jiff::civil::DateTime::strptime("%Y%m%d-%H:%M:%S", text).ok()?;
        let at = at.to_zoned(jiff::tz::TimeZone::UTC).ok()?;
        Some(Self(at.timestamp().as_millisecond()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_on_the_wire_reads_back_to_the_second() {
        let at = UnixMillis(1_797_627_600_000);
        assert_eq!(at.wire_utc().as_deref(), Some("20261218-21:00:00"));
        assert_eq!(UnixMillis::from_wire_utc("20261218-21:00:00"), Some(at));
        assert_eq!(UnixMillis::from_wire_utc("20261318-21:00:00"), None);
    }

    #[test]
    fn a_moment_is_cut_to_the_second_that_it_lies_in() {
        assert_eq!(UnixMillis(1_999).whole_second(), UnixMillis(1_000));
        assert_eq!(UnixMillis(-1).whole_second(), UnixMillis(-1_000));
    }

    #[test]
    fn a_clock_set_back_gives_an_age_of_zero() {
        assert_eq!(UnixMillis(5).since(UnixMillis(9)), Duration::ZERO);
        assert_eq!(UnixMillis(9).since(UnixMillis(5)), Duration::from_millis(4));
    }
}
