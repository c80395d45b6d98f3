//! Orders' lives by the dice, as many as a moment has room for.

use crate::Failure;
use crate::sample;
use gatehouse_e2e::lives;
use std::time::Instant;

/// Lives in one sample.
const LIVES: u64 = 5_000;

/// Takes samples of how many lives a second are played out.
pub fn take(rounds: usize) -> Result<(), Failure> {
    let mut seed = 0;
    for _ in 0..rounds {
        let begun = Instant::now();
        let mut played = 0;
        while played < LIVES {
            played += lives::run(seed)?.lives;
            seed += 1;
        }
        #[allow(clippy::cast_precision_loss)]
        let lives = played as f64;
        sample::print("lives_per_s", lives / begun.elapsed().as_secs_f64());
    }
    Ok(())
}
