//! How long to wait before the next try.

use crate::config::Backoff;
use std::time::Duration;

/// The waits of one supervisor.
#[derive(Debug)]
pub struct Waits {
    config: Backoff,
    random: u64,
}

impl Waits {
    pub fn new(config: Backoff) -> Self {
        let random = config.seed;
        Self { config, random }
    }

    /// The wait after the `failures`-th failure in a row, counted from 1.
    pub fn after(&mut self, failures: u32) -> Duration {
        let doublings = failures.saturating_sub(1).min(20);
        let whole = self
            .config
            .first
            .saturating_mul(1 << doublings)
            .min(self.config.cap);
        // Programs that lost the same gateway must not come back in step.
        let shortened = u32::try_from(self.next() % 21).unwrap_or(0);
        whole - whole * shortened / 100
    }

    // SplitMix64.
    fn next(&mut self) -> u64 {
        self.random = self.random.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.random;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_the_cap_and_are_shortened_by_a_fifth_at_most() {
        let mut waits = Waits::new(Backoff::default());
        for (failures, whole) in [(1, 250), (2, 500), (3, 1000), (8, 30_000), (4_000, 30_000)] {
            let wait = waits.after(failures).as_millis();
            assert!(wait <= whole && wait >= whole * 4 / 5, "{failures}: {wait}");
        }
    }

    #[test]
    fn the_same_seed_gives_the_same_waits() {
        let waits = |seed| {
            let mut waits = Waits::new(Backoff {
                seed,
                ..Backoff::default()
            });
            (1..9).map(|n| waits.after(n)).collect::<Vec<_>>()
        };
        assert_eq!(waits(7), waits(7));
        assert_ne!(waits(7), waits(8));
    }
}
