//! Tries at a passphrase: the first few are free, then each wrong one doubles the wait.

use gatehouse_domain::instant::UnixMillis;
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// So many may be wrong before there is a wait.
const FREE: u32 = 3;
/// The first wait.
const FIRST: Duration = Duration::from_secs(5);
/// The longest one.
const LONGEST: Duration = Duration::from_secs(15 * 60);

/// The wrong tries since the last right one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Tries {
    wrong: u32,
    last: UnixMillis,
}

impl Tries {
    /// How many were wrong.
    pub(super) fn wrong(self) -> u32 {
        self.wrong
    }

    /// One more was wrong.
    pub(super) fn failed(&mut self, now: UnixMillis) {
        self.wrong = self.wrong.saturating_add(1);
        self.last = now;
    }

    /// Until when none is looked at; `None` when one may be tried.
    pub(super) fn closed_until(self, now: UnixMillis) -> Option<UnixMillis> {
        let doublings = self.wrong.checked_sub(FREE)?;
        let wait = FIRST.saturating_mul(1_u32.checked_shl(doublings).unwrap_or(u32::MAX));
        let wait = wait.min(LONGEST);
        // A clock that was set back neither shortens the wait nor makes it last for ever.
        let began = self.last.min(now);
        let until = self.last.plus(wait).min(now.plus(wait));
        (now.since(began) < wait).then_some(until)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(wrong: u32) -> Tries {
        let mut tries = Tries::default();
        for _ in 0..wrong {
            tries.failed(UnixMillis(1_000_000));
        }
        tries
    }

    fn wait_after(wrong: u32) -> i64 {
        let now = UnixMillis(1_000_000);
        let until = after(wrong).closed_until(now);
        until.map_or(0, |until| (until.0 - now.0) / 1000)
    }

    #[test]
    fn the_wait_grows_and_ends_at_a_quarter_of_an_hour() {
        assert_eq!([0, 1, 2].map(wait_after), [0, 0, 0]);
        assert_eq!([3, 4, 5, 6].map(wait_after), [5, 10, 20, 40]);
        assert_eq!([20, 40, 1_000].map(wait_after), [900, 900, 900]);
    }

    #[test]
    fn it_is_over_when_it_is_over() {
        let tries = after(4);
        assert!(tries.closed_until(UnixMillis(1_009_999)).is_some());
        assert_eq!(tries.closed_until(UnixMillis(1_010_000)), None);
    }

    #[test]
    fn a_clock_that_was_set_back_a_day_makes_nobody_wait_a_day() {
        let now = UnixMillis(1_000_000 - 86_400_000);
        let until = after(4).closed_until(now).unwrap();
        assert_eq!(until.0 - now.0, 10_000);
    }
}
