//! Printing samples, and taking two kinds of them in turn.

use crate::Failure;
use std::time::Duration;

/// Prints one sample.
pub fn print(name: &str, value: f64) {
    println!("sample {name} {value}");
}

/// Milliseconds with their fraction.
pub fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// Runs `ours` and `yardstick` by turns, `rounds` times after one round that only warms up.
/// Each is told whether its sample counts.
pub fn in_turn(
    rounds: usize,
    mut ours: impl FnMut(bool) -> Result<(), Failure>,
    mut yardstick: impl FnMut(bool) -> Result<(), Failure>,
) -> Result<(), Failure> {
    for round in 0..=rounds {
        ours(round > 0)?;
        yardstick(round > 0)?;
    }
    Ok(())
}
