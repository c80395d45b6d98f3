//! Noticing that the computer slept: its clock went on, and the program's own time did not.

use crate::session::Live;
use gatehouse_desk::port::broker::{BrokerEvent, LinkFault};
use gatehouse_domain::instant::UnixMillis;
use std::time::{Duration, Instant};
use tokio::time::MissedTickBehavior;

/// How often the clocks are compared.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// A smaller difference is a clock that was set right, or a busy computer.
const LEAST: Duration = Duration::from_secs(5);
/// A program that was held up less was only busy.
const HELD_UP: Duration = Duration::from_secs(20);
/// After a longer sleep the connection is made anew in any case: the gateway's own link to IBKR
/// has likely gone meanwhile, and what happened then was told to nobody.
const ANEW: Duration = Duration::from_secs(60);
/// How long the gateway may take to answer after a sleep.
const PATIENCE: Duration = Duration::from_secs(3);

/// Compares two clocks.
#[derive(Debug)]
pub struct Sleeps {
    wall: UnixMillis,
    own: Duration,
}

impl Sleeps {
    /// `wall` is the computer's clock, `own` the time that this program has run.
    pub fn new(wall: UnixMillis, own: Duration) -> Self {
        Self { wall, own }
    }

    /// How long the computer slept since the last look, if it did. A program that was itself held
    /// up that long has missed as much. A clock that was set back is no sleep.
    pub fn look(&mut self, wall: UnixMillis, own: Duration) -> Option<Duration> {
        let by_wall = wall.since(self.wall);
        let by_own = own.saturating_sub(self.own);
        *self = Self { wall, own };
        let asleep = by_wall.saturating_sub(by_own);
        let held_up = by_own.saturating_sub(LOOK_EVERY);
        (asleep >= LEAST || held_up >= HELD_UP).then(|| asleep.max(held_up))
    }
}

/// Watches for sleep. Resolves when the connection is to be made anew because of one.
pub async fn watch(live: &Live) -> LinkFault {
    let started = Instant::now();
    let mut sleeps = Sleeps::new(live.shared.now(), Duration::ZERO);
    let mut look = tokio::time::interval(LOOK_EVERY);
    look.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        look.tick().await;
        let Some(slept) = sleeps.look(live.shared.now(), started.elapsed()) else {
            continue;
        };
        tracing::info!(?slept, "the computer slept");
        live.shared.tell(BrokerEvent::Slept(slept)).await;
        if slept >= ANEW {
            return LinkFault::Slept;
        }
        live.shared.pace.turn().await;
        let asked = Instant::now();
        match tokio::time::timeout(PATIENCE, live.client.server_time()).await {
            Ok(Ok(_)) => {
                let took = asked.elapsed();
                live.shared.tell(BrokerEvent::Answered(took)).await;
                live.shared.tell(BrokerEvent::Awake).await;
            }
            _ => return LinkFault::Slept,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> UnixMillis {
        UnixMillis(1_780_000_000_000 + second * 1000)
    }

    fn secs(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    #[test]
    fn a_clock_that_runs_ahead_of_the_program_is_a_sleep() {
        let mut sleeps = Sleeps::new(at(0), secs(0));
        assert_eq!(sleeps.look(at(1), secs(1)), None);
        assert_eq!(sleeps.look(at(602), secs(2)), Some(secs(600)));
        assert_eq!(sleeps.look(at(603), secs(3)), None);
    }

    #[test]
    fn a_clock_that_is_set_right_by_little_or_back_is_none() {
        let mut sleeps = Sleeps::new(at(0), secs(0));
        assert_eq!(sleeps.look(at(4), secs(1)), None);
        assert_eq!(sleeps.look(at(-3600), secs(2)), None);
        assert_eq!(sleeps.look(at(-3599), secs(3)), None);
    }

    #[test]
    fn a_program_that_was_held_up_missed_as_much() {
        // A system whose own time runs on in its sleep.
        let mut sleeps = Sleeps::new(at(0), secs(0));
        assert_eq!(sleeps.look(at(31), secs(31)), Some(secs(30)));
        assert_eq!(sleeps.look(at(41), secs(41)), None);
    }
}
